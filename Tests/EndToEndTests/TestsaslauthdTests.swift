import Testing

extension EndToEnd {
  /// testsaslauthd and our testauth: same bytes, same exit codes, at either daemon's socket.
  @Suite struct TestsaslauthdTests {
    /// One call; the password is given on the command line.
    struct Call: Sendable, CustomTestStringConvertible {
      var title: String
      var login = WireAccount.login
      var password = WireAccount.password
      /// Flags that both programs know.
      var flags: [String] = []
      var status: Int32 = 0
      var output = "0: OK \"Success.\"\n"

      var testDescription: String { title }

      static let all = [
        Call(title: "right", flags: ["-s", "smtp"]),
        Call(title: "right, the default service"),
        Call(title: "right, with a realm", flags: ["-s", "smtp", "-r", "example.org"]),
        Call(
          title: "right, three times", flags: ["-s", "smtp", "-R", "3"],
          output: "0: OK \"Success.\"\n1: OK \"Success.\"\n2: OK \"Success.\"\n"),
        Call(title: "wrong", password: "x", flags: ["-s", "smtp"], status: 255, output: refused),
        Call(title: "unknown", login: "nobody-here", flags: ["-s", "smtp"], status: 255, output: refused),
      ]
      private static let refused = "0: NO \"authentication failed\"\n"
    }

    @Test(arguments: Daemon.allCases, Call.all)
    func `testsaslauthd says what it says of the real one`(_ daemon: Daemon, _ call: Call) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        let finished = try await run(
          "testsaslauthd", ["-u", call.login, "-p", call.password, "-f", gateway.socket] + call.flags)
        #expect(finished == Finished(status: call.status, output: call.output, errors: ""), gateway.logs)
      }
    }

    @Test(arguments: Daemon.allCases, Call.all)
    func `testauth prints and exits as testsaslauthd does`(_ daemon: Daemon, _ call: Call) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        let finished = try await run(
          Project.program("testauth"), [call.login, call.password, "-f", gateway.socket] + call.flags)
        #expect(finished == Finished(status: call.status, output: call.output, errors: ""), gateway.logs)
      }
    }

    @Test func `testauth takes the password from its standard input, so that no process list shows it`()
      async throws
    {
      try await Gateway.with(.saslauthd, prepare: WireAccount.add) { gateway in
        let finished = try await run(
          Project.program("testauth"), [WireAccount.login, "-", "-s", "smtp", "-f", gateway.socket],
          input: WireAccount.password + "\n")
        #expect(finished == Finished(status: 0, output: "0: OK \"Success.\"\n", errors: ""), gateway.logs)
      }
    }

    @Test func `without a daemon testauth ends as testsaslauthd does, and says what to do next`() async throws
    {
      let nowhere = "/tmp/no-such-directory/mux"
      let theirs = try await run("testsaslauthd", ["-u", "alice", "-p", "x", "-f", nowhere])
      let ours = try await run(Project.program("testauth"), ["alice", "x", "-f", nowhere])
      #expect(ours.status == theirs.status)
      #expect(ours.output == theirs.output)
      #expect(theirs.errors == "connect() : No such file or directory\n")
      #expect(ours.errors.hasPrefix(theirs.errors) || ours.errors.contains(nowhere), "\(ours.errors)")
    }
  }
}
