import Testing

extension EndToEnd {
  /// What a remote user of the mail host meets.
  @Suite struct RelayTests {
    static let daemons = Daemon.allCases

    @Test(arguments: daemons)
    func `the right password relays, the wrong one and none do not`(_ daemon: Daemon) async throws {
      let alice = try Accounts.required().alice
      try await MailHost.with(daemon) { host in
        let sent = try await host.expectRelaying(for: alice)
        #expect(try await host.arrived(sent).count == sent)
      }
    }

    @Test(arguments: daemons)
    func `Python's smtplib logs in and relays`(_ daemon: Daemon) async throws {
      let bob = try Accounts.required().bob
      try await MailHost.with(daemon) { host in
        try await host.expectPrograms(of: bob)
      }
    }

    @Test(arguments: daemons)
    func `a daemon that is gone is a passing fault, not a wrong password`(_ daemon: Daemon) async throws {
      let alice = try Accounts.required().alice
      try await MailHost.with(daemon) { host in
        try await host.gateway.stop()
        for method in ["PLAIN", "LOGIN"] {
          let session = try await Swaks.send(
            to: host.postfix.chrooted, method: method, login: alice.login, password: alice.password)
          #expect(session.loginReply?.hasPrefix("454 4.7.0 Temporary authentication failure") == true)
        }
      }
    }

    @Test(arguments: daemons)
    func `fifty logins at once are all answered`(_ daemon: Daemon) async throws {
      let alice = try Accounts.required().alice
      try await MailHost.with(daemon) { host in
        let sessions = try await SMTPLib.send(
          to: host.postfix.chrooted, method: "PLAIN", login: alice.login, password: alice.password,
          parallel: 50)
        #expect(sessions.filter { $0.code == 235 && $0.isSent }.count == 50, host.logs)
        #expect(try await host.arrived(50).count == 50)
      }
    }
  }
}

extension MailHost {
  /// Expects a user to relay with the right password on either listener, and nobody without it.
  ///
  /// - Returns: how many messages were taken.
  func expectRelaying(for alice: ThrowAwayAccount) async throws -> Int {
    let plain = try #require(postfix.plain)
    for listener in [plain, postfix.chrooted] {
      for method in ["PLAIN", "LOGIN"] {
        let right = try await Swaks.send(
          to: listener, method: method, login: alice.login, password: alice.password)
        #expect(right.replies.contains("250-AUTH PLAIN LOGIN"))
        #expect(right.replies.contains("250-AUTH=PLAIN LOGIN"))
        #expect(right.loginReply == "235 2.7.0 Authentication successful", logs)
        #expect(right.isQueued)
        try await eventually("it is logged") {
          postfix.log.contains("sasl_method=\(method), sasl_username=\(alice.login)")
        }

        let wrong = try await Swaks.send(
          to: listener, method: method, login: alice.login, password: "geheim-1")
        #expect(wrong.loginReply?.hasPrefix("535 5.7.8 ") == true, logs)
        #expect(!wrong.isQueued)
      }
      let stranger = try await Swaks.send(to: listener, method: nil)
      #expect(stranger.recipientReply?.hasPrefix("554 5.7.1 ") == true)
      #expect(stranger.recipientReply?.hasSuffix("Relay access denied") == true)
    }
    return 4
  }

  /// Expects Python's smtplib to relay three messages with the right password, and none with a wrong one.
  func expectPrograms(of bob: ThrowAwayAccount) async throws {
    for method in ["PLAIN", "LOGIN", "any"] {
      let right = try await SMTPLib.send(
        to: postfix.chrooted, method: method, login: bob.login, password: bob.password)
      #expect(right.map(\.code) == [235], logs)
      #expect(right.map(\.isSent) == [true])
      let wrong = try await SMTPLib.send(
        to: postfix.chrooted, method: method, login: bob.login, password: "Anders")
      #expect(wrong.map(\.code) == [535], logs)
      #expect(wrong.map(\.isSent) == [false])
    }
  }
}
