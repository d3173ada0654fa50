import Glibc
import SystemCalls
import Testing

extension EndToEnd {
  /// F2 to F4: clients that are slow, silent or gone cost themselves, nobody else.
  @Suite struct ClientFaultTests {
    private static let options = Gateway.Options(deadline: "4s", settings: Gateway.uncached)
    private let login = Frame.login(WireAccount.login, WireAccount.password).bytes

    @Test func `a thousand silent clients stop nobody, and are closed at the deadline`() async throws {
      let count = 1000
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let silent = try LoginBurst(Array(repeating: [], count: count), at: gateway.socket)
        for _ in 0..<50 {
          let took = try await ContinuousClock().measure {
            let answer = try await gateway.login()
            #expect(answer == .ok, gateway.logs)
          }
          // How much before it is the benchmarks' affair.
          #expect(took < .seconds(2), "well before the deadline")
        }
        silent.read()
        #expect(silent.openCount == count, "their deadline has not come")
        let ends = try await silent.settled(within: .seconds(8))
        #expect(ends.allSatisfy { $0.answer == .closed })
        let times = ends.map(\.took).sorted()
        #expect(times[0] > .seconds(3.9) && times[count - 1] < .seconds(6), "\(times[0]) \(times[count - 1])")
        let after = try await gateway.login()
        #expect(after == .ok, gateway.logs)
      }
    }

    @Test func `clients that never close after their answer are closed`() async throws {
      var options = Self.options
      // Not by then, but at once.
      options.deadline = "60s"
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        let clients = try HeldClients(500, at: gateway.socket, sending: login)
        try await eventually("all are closed", within: .seconds(15)) { clients.closedCount == 500 }
        try await eventually("all are logged") { gateway.log.count(of: "result=accepted") >= 500 }
        #expect(gateway.log.count(of: "result=accepted") == 500, gateway.logs)
      }
    }

    @Test func `clients that leave at any byte leave nothing behind`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let front = try await ProcessFamily.complete(below: gateway.process.pid, workers: 5).front
        // postern-auth has all workers' sockets when each has been asked.
        for _ in 0..<10 { _ = try await gateway.login() }
        let before = try DescriptorCount.of(front)
        for count in 0...login.count {
          let client = try MuxClient(gateway.socket)
          try client.send(Array(login.prefix(count)))
        }
        let answer = try await gateway.login()
        #expect(answer == .ok, gateway.logs)
        try await eventually("their descriptors are free") { try DescriptorCount.of(front) <= before }
      }
    }

    @Test func `who leaves during the check costs postern-auth nothing until its end`() async throws {
      let run = try RunDirectory()
      let sleeper = try await SleepingStack(in: run, login: WireAccount.login, seconds: 2)
      try await Gateway.with(.posternd, options: Self.options) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(sleeper.stack, for: "smtp")
      } _: { gateway in
        let front = try await gateway.part("postern-auth").pid
        do {
          let client = try MuxClient(gateway.socket)
          try client.send(login)
          _ = try await sleeper.worker()
        }
        let computed = try ProcessorTime.of(front)
        try await gateway.says("result=accepted")
        let spent = try ProcessorTime.of(front) - computed
        #expect(spent < .milliseconds(500), "\(spent) in two seconds' check")
      }
    }

    @Test func `a byte now and then doesn't lengthen the deadline`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let began = ContinuousClock.now
        let client = try MuxClient(gateway.socket)
        for byte in login.prefix(12) where ContinuousClock.now - began < .seconds(5) {
          try client.send([byte])
          // The client's own pace, no wait for anything.
          try await Task.sleep(for: .milliseconds(500))
        }
        let answer = try await client.answer()
        let took = ContinuousClock.now - began
        #expect(answer == .closed && took < .seconds(7), "\(took)")
        #expect(!gateway.log.contains("result="), "nothing was asked of a worker")
      }
    }
  }
}

extension String {
  /// How often `text` occurs.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
