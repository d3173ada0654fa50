import Foundation
import Testing

extension EndToEnd {
  /// `postern stop` and `postern cache flush`.
  @Suite struct StopTests {
    @Test(arguments: Daemon.ours)
    func `stop returns when the daemon is gone, and lets the login in flight have its answer`(
      _ daemon: Daemon
    ) async throws {
      let run = try RunDirectory()
      let sleeper = try await SleepingStack(in: run, login: WireAccount.login, seconds: 1)
      try await Gateway.with(daemon) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(sleeper.stack, for: "smtp")
      } _: { gateway in
        let below = try ProcessTable.descendants(of: gateway.process.pid).map(\.pid)
        let client = try MuxClient(gateway.socket)
        try client.send(Frame.login(WireAccount.login, WireAccount.password).bytes)
        _ = try await sleeper.worker()
        let stopped =
          daemon == .posternd
          ? try await gateway.postern(["stop"])
          : try await gateway.postern(["stop", "--control", gateway.directory])
        #expect(stopped == Finished(status: 0, output: "", errors: ""), gateway.logs)
        #expect(!gateway.process.isRunning && !below.contains(where: ProcessTable.isAlive), gateway.logs)
        #expect(gateway.process.exitStatus == 0, gateway.logs)
        #expect(!FileManager.default.fileExists(atPath: gateway.socket))
        #expect(gateway.log.contains("operator"), gateway.logs)
        let answer = try await client.answer()
        #expect(answer == .ok, gateway.logs)
      }
    }

    @Test func `cache flush says how many logins it made the daemon forget`() async throws {
      try await Gateway.with(.posternd, prepare: WireAccount.add) { gateway in
        let first = try await gateway.login()
        #expect(first == .ok, gateway.logs)
        let answers = [
          try await gateway.postern(["cache", "flush", "nobody-here"]).output,
          try await gateway.postern(["cache", "flush", WireAccount.login]).output,
          try await gateway.postern(["cache", "flush", "--json"]).output,
        ]
        let expected = ["0 logins forgotten\n", "1 logins forgotten\n", "{\"forgotten\": 0}\n"]
        #expect(answers == expected, gateway.logs)
      }
    }
  }
}
