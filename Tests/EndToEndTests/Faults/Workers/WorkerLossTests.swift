import Glibc
import Testing

extension EndToEnd {
  /// F23: whatever dies in the middle, a login gets the right verdict or none.
  @Suite struct WorkerLossTests {
    private static let workers = 4

    @Test func `workers killed at random cost logins, never a wrong verdict`() async throws {
      let options = Gateway.Options(workers: Self.workers, deadline: "2s", settings: Gateway.uncached)
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        try await gateway.answers(.ok)
        let seed = UInt64.random(in: 0..<1 << 32)
        let load = LoginLoad(at: gateway.socket, count: Faults.areLong ? 2000 : 120, seed: seed)
        let supervisor = gateway.process.pid
        async let killing = Self.killWorkers(below: supervisor, while: load)
        let outcome = try await load.run()
        let killed = try await killing
        #expect(killed > 5, "seed \(seed)")
        #expect(outcome.wrong == [], "seed \(seed)\n\(gateway.log)")
        #expect(outcome.accepted > 0 && outcome.refused > 0, "seed \(seed): \(outcome)")
        // Workers that die young are started again ever later.
        try await gateway.answers(.ok)
        _ = try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
      }
    }

    /// 20 ends in 10 s are postern-auth's to ask for; here every check takes longer than the deadline, and ends before
    /// the worker's own timer does.
    @Test func `workers whose end comes too often for the supervisor are ended later, and replaced`()
      async throws
    {
      let run = try RunDirectory()
      let sleeper = try await SleepingStack(in: run, login: WireAccount.login, seconds: 3)
      let options = Gateway.Options(workers: 5, deadline: "2s", settings: Gateway.uncached)
      try await Gateway.with(.posternd, options: options) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(sleeper.stack, for: "smtp")
      } _: { gateway in
        let crowd = LoginCrowd(of: 5, at: gateway.socket)
        let answers = try await crowd.logIn(for: .seconds(12))
        #expect(answers.allSatisfy { $0 == .closed }, gateway.logs)
        try await gateway.says("postern-auth asks for too many workers' ends")
        try await gateway.expectAllWorkers(within: .seconds(30))
      }
    }

    /// Kills one worker every 50 ms, for as long as there are logins; how many.
    private static func killWorkers(below supervisor: Int32, while load: LoginLoad) async throws -> Int {
      var killed = 0
      while await !load.isDone {
        try await Task.sleep(for: .milliseconds(50))
        let workers = try ProcessTable.children(of: supervisor).filter { $0.name == "postern-worker" }
        if let worker = workers.randomElement() {
          kill(worker.pid, SIGKILL)
          killed += 1
        }
      }
      return killed
    }
  }
}

extension Gateway {
  /// Waits until postern-auth has a worker in every place.
  fileprivate func expectAllWorkers(within limit: Duration) async throws {
    try await eventually("no worker is missing", within: limit) {
      try await status()["workers_missing"] == 0
    }
  }
}
