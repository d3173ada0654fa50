import Glibc
import Testing

extension EndToEnd {
  /// F23: whatever dies in the middle, a login gets the right verdict or none.
  @Suite struct WorkerLossTests {
    private static let workers = 4

    @Test func `workers killed at random cost logins, never a wrong verdict`() async throws {
      let options = Gateway.Options(workers: Self.workers, deadline: "2s", settings: Gateway.uncached)
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
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

    /// Kills one worker every 50 ms, for as long as there are logins; how many.
    private static func killWorkers(below supervisor: Int32, while load: LoginLoad) async throws -> Int {
      var killed = 0
      while await !load.isDone {
        let workers = try ProcessTable.children(of: supervisor).filter { $0.name == "postern-worker" }
        if let worker = workers.randomElement() {
          kill(worker.pid, SIGKILL)
          killed += 1
        }
        try await Task.sleep(for: .milliseconds(50))
      }
      return killed
    }
  }
}
