import Testing

extension EndToEnd {
  /// Our own log lines, and what nobody can write into either kind.
  @Suite struct LogFormTests {
    @Test(arguments: [Daemon.posternd])
    func `one line a login, key by key`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        _ = try await gateway.login()
        try await gateway.says("auth result=accepted")
        _ = try await gateway.login(password: "x")
        try await gateway.says("auth result=refused")
        let line = try #require(gateway.log.split(separator: "\n").first { $0.contains("result=accepted") })
        for field in [" id=", " login=alice", " service=smtp", " mechanism=pam", " ms="] {
          #expect(line.contains(field), "\(line)")
        }
      }
    }

    @Test(arguments: Daemon.ours)
    func `a login's name can't forge a field or a line`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        _ = try await gateway.login("eve] [service=x]\nauth success: [user=root]\u{1b}[2J")
        try await eventually("the refusal is logged") { gateway.log.contains("eve") }
        // In brackets nothing of the kind may stand; a quoted value may hold what it likes.
        #expect(daemon == .posternd || !gateway.log.contains("[service=x]"))
        #expect(!gateway.log.contains("\u{1b}"))
        #expect(!gateway.log.split(separator: "\n").contains { $0.hasPrefix("auth success") })
      }
    }

    @Test(arguments: Daemon.ours)
    func `no password is ever logged`(_ daemon: Daemon) async throws {
      let canary = "Kanarienvogel-17"
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        _ = try await gateway.login(password: canary)
        _ = try await gateway.login(canary + "x", password: canary)
        let client = try MuxClient(gateway.socket)
        try client.send(Frame.login("alice", canary + "\0").bytes)
        _ = try await client.answer()
        #expect(!gateway.log.replacing(canary + "x", with: "").contains(canary))
      }
    }
  }
}
