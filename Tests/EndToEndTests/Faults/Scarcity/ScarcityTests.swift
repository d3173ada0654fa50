import Glibc
import Testing

extension EndToEnd {
  /// F47: the machine has no memory left, or no processes.
  @Suite struct ScarcityTests {
    private static let workers = 3
    private static let options = Gateway.Options(workers: workers, deadline: "5s", settings: Gateway.uncached)
    private static let greedy = Frame.login(WireAccount.login, WireAccount.password, service: "imap").bytes
    private static let modest = Frame.login(WireAccount.login, WireAccount.password).bytes
    private static let rounds = Faults.areLong ? 20 : 2

    /// The kernel ends the largest process of the group.
    @Test(.enabled(if: ControlGroup.isPossible, "needs control groups, version 1"))
    func `out of memory a worker dies, not the front`() async throws {
      let run = try RunDirectory()
      let module = try await Compiler.module("pam_fault", in: run)
      try await ControlGroup.with(.memory) { group in
        try group.set("memory.limit_in_bytes", to: "\(96 << 20)")
        try await gateway(in: group, doing: "hog", by: module) { gateway in
          let before = try await family(of: gateway)
          for _ in 0..<Self.rounds {
            let burst = try LoginBurst(
              [Self.greedy] + Array(repeating: Self.modest, count: 10), at: gateway.socket)
            let endings = try await burst.settled(within: .seconds(8))
            #expect(endings[0].answer == .closed, gateway.logs)
            #expect(endings.dropFirst().allSatisfy { $0.answer == .ok }, gateway.logs)
            try await gateway.answers(.ok)
          }
          #expect(try await family(of: gateway).front == before.front, gateway.logs)
          #expect(gateway.log.contains("reason=worker_died"), gateway.logs)
          let kills = try group.value(of: "memory.oom_control")
          #expect(kills.contains(/oom_kill [1-9]/), "the kernel had to end nobody: \(kills)")
        }
      }
    }

    /// Where a process may not grow, its module sees the failure.
    @Test func `a worker that gets no more memory answers nothing, and serves on`() async throws {
      let run = try RunDirectory()
      let module = try await Compiler.module("pam_fault", in: run)
      try await Gateway.with(.posternd, options: Self.options) { etc in
        try GreedyStacks.add("hog", by: module, to: etc)
      } _: { gateway in
        let before = try await family(of: gateway)
        try await gateway.answers(.ok)
        for worker in before.workers { try await ResourceLimit.set("data", to: 128 << 20, of: worker) }
        for _ in 0..<Self.rounds {
          let burst = try LoginBurst(
            [Self.greedy] + Array(repeating: Self.modest, count: 10), at: gateway.socket)
          let endings = try await burst.settled(within: .seconds(8))
          #expect(endings[0].answer == .closed, gateway.logs)
          #expect(endings.dropFirst().allSatisfy { $0.answer == .ok }, gateway.logs)
        }
        let status = try await gateway.status()
        #expect(status["workers_lost"] == 0 && status["logins_unavailable"] == Self.rounds, gateway.logs)
        #expect(try await family(of: gateway).front == before.front, gateway.logs)
      }
    }

    @Test(.enabled(if: ControlGroup.isPossible, "needs control groups, version 1"))
    func `without processes to be had the others serve, and the lost one comes back`() async throws {
      let run = try RunDirectory()
      let module = try await Compiler.module("pam_fault", in: run)
      try await ControlGroup.with(.pids) { group in
        try await gateway(in: group, doing: "fork", by: module) { gateway in
          let before = try await family(of: gateway)
          try await gateway.answers(.ok)
          // A module that wants to fork can't, and nobody can take a dead worker's place.
          try group.set("pids.max", to: "\(before.all.count - 1)")
          let greedy = try LoginBurst([Self.greedy], at: gateway.socket)
          let refused = try await greedy.settled(within: .seconds(8))
          #expect(refused[0].answer == .closed, gateway.logs)
          kill(before.workers[0], SIGKILL)
          try await gateway.says("can't start a program; trying again")
          let burst = try LoginBurst(Array(repeating: Self.modest, count: 50), at: gateway.socket)
          let endings = try await burst.settled(within: .seconds(8))
          #expect(endings.allSatisfy { $0.answer == .ok }, gateway.logs)
          #expect(ProcessTable.isAlive(before.front), gateway.logs)

          try group.set("pids.max", to: "max")
          // The longest back-off is ten seconds.
          let after = try await family(of: gateway)
          #expect(after.front == before.front, gateway.logs)
          try await gateway.answers(.ok)
        }
      }
    }

    /// Starts a gateway in the group whose module, for one service, takes too much.
    private func gateway(
      in group: ControlGroup, doing fault: String, by module: String,
      _ body: (Gateway) async throws -> Void
    ) async throws {
      var options = Self.options
      options.wrapper = group.wrapper
      try await Gateway.with(.posternd, options: options) {
        try GreedyStacks.add(fault, by: module, to: $0)
      } _: {
        try await body($0)
      }
    }

    private func family(of gateway: Gateway) async throws -> ProcessFamily {
      try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
    }
  }
}
