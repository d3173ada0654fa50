import Foundation
import Testing

extension EndToEnd {
  /// saslauthd's command line (conformance checklist 17 to 28).
  @Suite struct CommandLineTests {
    @Test(arguments: Daemon.withCommandLine, CommandLineCase.all)
    func `calls that end at once`(_ daemon: Daemon, _ row: CommandLineCase) async throws {
      let command = daemon.commandLine + row.arguments
      let finished = try await run(command[0], Array(command.dropFirst()))
      #expect(finished.status == row.status)
      #expect(finished.output == "")
      var rest = finished.errors[...]
      for text in row.says {
        let found = try #require(rest.firstRange(of: text), "\(text) is missing in\n\(finished.errors)")
        rest = rest[found.upperBound...]
      }
    }

    @Test func `the mechanisms line has the real one's form`() async throws {
      let form = /saslauthd 2\.1\.28\nauthentication mechanisms: [a-z0-9]+( [a-z0-9]+)*\n\n/
      for daemon in Daemon.withCommandLine {
        let command = daemon.commandLine + ["-v"]
        let finished = try await run(command[0], Array(command.dropFirst()))
        #expect(try form.wholeMatch(in: finished.errors) != nil, "\(daemon): \(finished.errors)")
      }
    }

    /// Item 17: the login is joined with a realm that isn't empty, and the realm is passed on as well.
    @Test(arguments: Daemon.withCommandLine)
    func `with -r the mechanism sees login@realm`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, options: .init(flags: ["-r"]), prepare: WireAccount.add) { gateway in
        let joined = try await gateway.login(realm: "example.org")
        #expect(joined == .no, gateway.logs)
        try await gateway.says(
          "auth failure: [user=alice@example.org] [service=smtp] [realm=example.org] [mech=pam]")
        let alone = try await gateway.login()
        #expect(alone == .ok, gateway.logs)
      }
    }

    /// Item 23.
    @Test(arguments: Daemon.withCommandLine)
    func `a second instance leaves the first alone`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        let command = gateway.etc.command(
          running: daemon.commandLine + ["-a", "pam", "-m", gateway.directory, "-d"])
        let second = try await run(command[0], Array(command.dropFirst()))
        #expect(second.status == 1)
        #expect(
          second.errors.contains("could not lock pid lock file: \(gateway.directory)/saslauthd.pid.lock"))
        let answer = try await gateway.login()
        #expect(answer == .ok, gateway.logs)
      }
    }

    /// Item 24.
    @Test(arguments: Daemon.allCases)
    func `the socket of a daemon that was killed is taken over`(_ daemon: Daemon) async throws {
      let run = try RunDirectory()
      let directory = try run.make("saslauthd")
      let first = try await Gateway(daemon, in: run, at: directory, prepare: WireAccount.add)
      try await first.process.destroy()
      try await eventually("nobody answers") { !Gateway.isConnectable(first.socket) }
      #expect(FileManager.default.fileExists(atPath: first.socket))
      let second = try await Gateway(daemon, in: try RunDirectory(), at: directory, prepare: WireAccount.add)
      let answer = try await second.login()
      #expect(answer == .ok, second.logs)
      try await second.stop()
    }

    /// Item 25: detached, it writes its pid down, and takes the file away at the end.
    @Test(arguments: Daemon.withCommandLine)
    func `detached, it leaves a pid file while it runs`(_ daemon: Daemon) async throws {
      let run = try RunDirectory()
      let directory = try run.make("saslauthd")
      let etc = try Gateway.etc(in: run, prepare: WireAccount.add)
      let command = etc.command(running: daemon.commandLine + ["-a", "pam", "-m", directory])
      try await must(command[0], Array(command.dropFirst()))
      let file = "\(directory)/saslauthd.pid"
      let pid = try #require(
        try await Int32(
          RunDirectory.text(file, when: { $0.hasSuffix("\n") }).trimmingCharacters(
            in: .whitespacesAndNewlines)))
      #expect(ProcessTable.isAlive(pid))
      try await eventually("it answers") { Gateway.isConnectable("\(directory)/mux") }
      let client = try MuxClient("\(directory)/mux")
      try client.send(Frame.login(WireAccount.login, WireAccount.password).bytes)
      let answer = try await client.answer()
      #expect(answer == .ok)
      kill(pid, SIGTERM)
      do {
        try await eventually("it ends", within: daemon.isReference ? .seconds(5) : .patience) {
          !ProcessTable.isAlive(pid)
        }
      } catch is NeverHappened where daemon.isReference {
        // It misses a TERM now and then, and leads the group of its processes.
        kill(-pid, SIGKILL)
        return
      }
      try await eventually("the pid file goes") { !FileManager.default.fileExists(atPath: file) }
    }

    /// Item 26.
    @Test(arguments: Daemon.withCommandLine)
    func `log lines are the real one's`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        _ = try await gateway.login()
        try await gateway.says(" :auth success: [user=alice] [service=smtp] [realm=] [mech=pam]")
        _ = try await gateway.login(password: "x", realm: "example.org")
        try await gateway.says(
          " :auth failure: [user=alice] [service=smtp] [realm=example.org] [mech=pam] [reason=PAM auth error]"
        )
      }
    }

    /// Item 28: a process for every connection there, a worker for every login here.
    @Test(arguments: Daemon.withCommandLine)
    func `-n 0 serves one login a process`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, options: .init(workers: 0), prepare: WireAccount.add) { gateway in
        for _ in 0..<5 {
          let answer = try await gateway.login()
          #expect(answer == .ok, gateway.logs)
        }
      }
    }

    /// Item 38, the old command line: anyone may connect who can pass the directory.
    @Test(arguments: Daemon.withCommandLine)
    func `the socket has mode 0777`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon) { gateway in
        let attributes = try FileManager.default.attributesOfItem(atPath: gateway.socket)
        #expect(attributes[.posixPermissions] as? Int == 0o777)
        #expect(attributes[.ownerAccountName] as? String == "root")
      }
    }

    @Test func `started under saslauthd's name it is saslauthd`() async throws {
      let run = try RunDirectory()
      try FileManager.default.createSymbolicLink(
        atPath: run.path("saslauthd"), withDestinationPath: Project.program("posternd"))
      let finished = try await EndToEndTests.run(run.path("saslauthd"), ["-v"])
      #expect(finished.errors.hasPrefix("saslauthd 2.1.28\n"))
    }
  }
}
