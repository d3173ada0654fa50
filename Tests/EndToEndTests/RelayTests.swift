import Testing

extension EndToEnd {
  /// What a remote user of the mail host meets.
  @Suite struct RelayTests {
    static let daemons = Daemon.allCases

    @Test(arguments: daemons)
    func `the right password relays, the wrong one and none do not`(_ daemon: Daemon) async throws {
      let alice = try Accounts.required().alice
      try await MailHost.with(daemon) { host in
        let plain = try #require(host.postfix.plain)
        for listener in [plain, host.postfix.chrooted] {
          for method in ["PLAIN", "LOGIN"] {
            let right = try await Swaks.send(
              to: listener, method: method, login: alice.login, password: alice.password)
            #expect(right.replies.contains("250-AUTH PLAIN LOGIN"))
            #expect(right.replies.contains("250-AUTH=PLAIN LOGIN"))
            #expect(right.loginReply == "235 2.7.0 Authentication successful", host.logs)
            #expect(right.isQueued)
            try await eventually("it is logged") {
              host.postfix.log.contains("sasl_method=\(method), sasl_username=\(alice.login)")
            }

            let wrong = try await Swaks.send(
              to: listener, method: method, login: alice.login, password: "geheim-1")
            #expect(wrong.loginReply?.hasPrefix("535 5.7.8 ") == true, host.logs)
            #expect(!wrong.isQueued)
          }
          let stranger = try await Swaks.send(to: listener, method: nil)
          #expect(stranger.recipientReply?.hasPrefix("554 5.7.1 ") == true)
          #expect(stranger.recipientReply?.hasSuffix("Relay access denied") == true)
        }
        #expect(try await host.arrived(4).count == 4)
      }
    }

    @Test(arguments: daemons)
    func `Python's smtplib logs in and relays`(_ daemon: Daemon) async throws {
      let bob = try Accounts.required().bob
      try await MailHost.with(daemon) { host in
        for method in ["PLAIN", "LOGIN", "any"] {
          let right = try await SMTPLib.send(
            to: host.postfix.chrooted, method: method, login: bob.login, password: bob.password)
          #expect(right.map(\.code) == [235], host.logs)
          #expect(right.map(\.isSent) == [true])
          let wrong = try await SMTPLib.send(
            to: host.postfix.chrooted, method: method, login: bob.login, password: "Anders")
          #expect(wrong.map(\.code) == [535], host.logs)
          #expect(wrong.map(\.isSent) == [false])
        }
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
