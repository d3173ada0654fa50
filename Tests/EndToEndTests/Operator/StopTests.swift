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
        #expect(!gateway.process.isRunning, gateway.logs)
        // The kill that posternd leaves its workers with takes its own time.
        try await eventually("all end", within: .seconds(15)) { !below.contains(where: ProcessTable.isAlive) }
        #expect(gateway.process.exitStatus == 0, gateway.logs)
        #expect(!FileManager.default.fileExists(atPath: gateway.socket))
        #expect(gateway.log.contains("operator"), gateway.logs)
        let answer = try await client.answer()
        #expect(answer == .ok, gateway.logs)
      }
    }

    /// Without root all of it is one user's, who may change it.
    @Test func `whoever started it without root may reload and stop it`() async throws {
      let run = try RunDirectory()
      let directory = try run.make("saslauthd", owner: "nobody", group: "nogroup")
      let settings = try Gateway.settings(in: run, at: directory, options: .init(group: "nogroup"))
      try run.own("control", owner: "nobody", group: "nogroup", mode: 0o755)
      let etc = try Gateway.etc(in: run, prepare: WireAccount.add)
      let installation = Installation(in: run)
      try await installation.install()
      func asNobody(_ program: String, _ arguments: [String]) -> [String] {
        let user = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        return etc.command(running: user + [installation.path(program)] + arguments + ["-c", settings])
      }
      let command = asNobody("sbin/posternd", [])
      let log = run.path("log")
      let posternd = try RunningProcess(command[0], Array(command.dropFirst()), output: log, errors: log)
      try await eventually("it serves") { posternd.log.contains("serving") }
      for arguments in [["reload"], ["cache", "flush"], ["stop"]] {
        let command = asNobody("bin/postern", arguments)
        let done = try await EndToEndTests.run(command[0], Array(command.dropFirst()))
        #expect(done.status == 0, "\(arguments): \(done)\n\(posternd.log)")
      }
      #expect(!posternd.isRunning, "\(posternd.log)")
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
        let expected = ["0 logins forgotten\n", "1 login forgotten\n", "{\"forgotten\": 0}\n"]
        #expect(answers == expected, gateway.logs)
      }
    }
  }
}
