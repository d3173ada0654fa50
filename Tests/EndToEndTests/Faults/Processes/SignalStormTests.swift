import Glibc
import Testing

extension EndToEnd {
  /// F25: signals in any number come to one orderly reload, or one orderly end.
  @Suite struct SignalStormTests {
    @Test func `a storm of HUP under load costs no verdict`() async throws {
      try await Gateway.with(
        .posternd, options: .init(deadline: "5s", settings: Gateway.uncached), prepare: WireAccount.add
      ) { gateway in
        let front = try await ProcessFamily.complete(below: gateway.process.pid, workers: 5).front
        // It has read its settings: those of the storm are wrong every other time.
        let before = try await gateway.login()
        #expect(before == .ok, gateway.logs)
        let seed = UInt64.random(in: 0..<1 << 32)
        let load = LoginLoad(at: gateway.socket, count: Faults.areLong ? 2000 : 300, seed: seed)
        async let outcome = load.run()
        while await !load.isDone {
          for change in [("services =", "sevrices ="), ("sevrices =", "services =")] {
            try gateway.rewriteSettings { $0.replacing(change.0, with: change.1) }
            for _ in 0..<5 { gateway.process.signal(SIGHUP) }
            // The storm's own pace.
            try await Task.sleep(for: .milliseconds(20))
          }
        }
        let ended = try await outcome
        #expect(ended.wrong == [] && ended.undecided == 0, "seed \(seed)\n\(ended)\n\(gateway.log)")
        #expect(ProcessTable.isAlive(front), gateway.logs)
        let after = try await gateway.login()
        #expect(after == .ok, gateway.logs)
      }
    }

    @Test func `a storm of TERM lets the logins in flight have their answers`() async throws {
      let run = try RunDirectory()
      let sleeper = try await SleepingStack(in: run, login: WireAccount.login, seconds: 1)
      try await Gateway.with(.posternd) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(sleeper.stack, for: "smtp")
      } _: { gateway in
        let family = try await ProcessFamily.complete(below: gateway.process.pid, workers: 5)
        let client = try MuxClient(gateway.socket)
        try client.send(Frame.login(WireAccount.login, WireAccount.password).bytes)
        _ = try await sleeper.worker()
        let began = ContinuousClock.now
        for _ in 0..<100 { gateway.process.signal(SIGTERM) }
        let answer = try await client.answer()
        #expect(answer == .ok, gateway.logs)
        try await eventually("it ends", within: .seconds(15)) { !gateway.process.isRunning }
        #expect(ContinuousClock.now - began < .seconds(15))
        #expect(gateway.process.exitStatus == 0, gateway.logs)
        try await eventually("all end", within: .seconds(15)) {
          !family.all.contains(where: ProcessTable.isAlive)
        }
      }
    }
  }
}
