import TestKit
import Testing

extension EndToEnd {
  /// F7: far more logins than can be checked in time.
  @Suite struct FloodTests {
    /// Why checks take long.
    enum Slowness: String, CaseIterable, Sendable, CustomTestStringConvertible {
      case sleeping, hashing
      var testDescription: String { rawValue }
      /// Hashing costs everybody on the machine its processors.
      static let tested: [Slowness] = Faults.areLong ? allCases : [.sleeping]
    }

    /// What postern-auth lets wait.
    private static let queueLimit = 1000
    private static let workers = 5
    private static let count = Faults.areLong ? 5000 : 1200
    private static let deadline = Faults.areLong ? 10 : 3
    private static let mostMemory = 64 << 10  // kB

    @Test(arguments: Slowness.tested)
    func `of a flood each is answered or closed, and none waits past the deadline`(_ slowness: Slowness)
      async throws
    {
      let run = try RunDirectory()
      let sleeper = try await SleepingStack(in: run, login: WireAccount.login, seconds: 1)
      let options = Gateway.Options(
        workers: Self.workers, deadline: "\(Self.deadline)s", settings: Gateway.uncached)
      try await Gateway.with(.posternd, options: options) { etc in
        switch slowness {
        case .sleeping:
          try WireAccount.add(to: etc)
          try etc.setStack(sleeper.stack, for: "smtp")
        case .hashing:
          try etc.add(WireAccount.login, uid: WireAccount.uid, shadow: "\(Yescrypt.hash):20000::::::")
        }
      } _: { gateway in
        let family = try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
        // Every second password is wrong.
        let requests = (0..<Self.count).map {
          Frame.login(WireAccount.login, $0 % 2 == 0 ? WireAccount.password : "wrong").bytes
        }
        let flood = try LoginBurst(requests, at: gateway.socket)
        let duringIt = try await gateway.status()
        let endings = try await flood.settled(within: .seconds(Self.deadline + 5))
        expectRightAnswers(endings, gateway)
        expectBackPressure(endings, gateway)
        let queued = try #require(duringIt["queued"])
        let oldest = try #require(duringIt["oldest_wait_ms"])
        #expect(queued > 0 && queued <= Self.queueLimit, "\(duringIt)")
        #expect(oldest > 0 && oldest <= Self.deadline * 1000, "\(duringIt)")

        let memory = try #require(try ProcessStatus(of: family.front).numbers("VmHWM").first)
        #expect(memory < Self.mostMemory, "postern-auth had \(memory) kB")
        try await gateway.answers(.ok)
        let afterIt = try await gateway.status()
        #expect(afterIt["queued"] == 0 && afterIt["connections"] == 0, "\(afterIt)")
      }
    }

    private func expectRightAnswers(_ endings: [OpenLogin.Ending], _ gateway: Gateway) {
      for (number, ending) in endings.enumerated() {
        let answers: [MuxAnswer] = number % 2 == 0 ? [.ok, .closed] : [.no, .closed]
        #expect(answers.contains(ending.answer), "login \(number)")
      }
      #expect(endings.contains { $0.answer == .ok } && endings.contains { $0.answer == .no }, gateway.logs)
    }

    /// The surplus is closed at once, the others have their answers or are closed at the deadline.
    private func expectBackPressure(_ endings: [OpenLogin.Ending], _ gateway: Gateway) {
      let answered = endings.count { $0.answer != .closed }
      let atOnce = endings.count { $0.answer == .closed && $0.took < .seconds(Self.deadline) / 2 }
      let surplus = Self.count - Self.queueLimit - Self.workers - answered
      #expect(surplus > 0, "more were answered than a flood needs: \(answered)")
      #expect(atOnce >= surplus, "\(atOnce) of \(surplus)")
      let longest = endings.map(\.took).max() ?? .zero
      // Counted from the connect; the deadline's count begins when a starved postern-auth comes to accept it.
      #expect(longest < .seconds(Self.deadline + 2), "\(longest)")
      #expect(gateway.log.contains("reason=queue_full"), gateway.logs)
      if Faults.areLong {
        let closed = endings.filter { $0.answer == .closed }.map(\.took).sorted()
        print(
          "F7: \(answered) answered, \(atOnce) closed at once (\(closed[atOnce / 2])), longest \(longest)")
      }
    }
  }
}
