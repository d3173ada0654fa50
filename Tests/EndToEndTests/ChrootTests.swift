import Testing

extension EndToEnd {
  /// Debian's Postfix as installed: smtpd is chrooted, and finds the socket inside its queue directory.
  @Suite struct ChrootTests {
    @Test(
      .enabled(if: Loopback.isFree("127.0.0.1", port: 25), "this host has a mail server of its own"),
      arguments: Daemon.allCases)
    func `an unmodified master.cf relays for whoever logs in`(_ daemon: Daemon) async throws {
      let alice = try Accounts.required().alice
      try await MailHost.with(daemon, master: .asShipped) { host in
        let session = try await Swaks.send(
          to: host.postfix.chrooted, method: "PLAIN", login: alice.login, password: alice.password)
        #expect(session.loginReply == "235 2.7.0 Authentication successful", host.logs)
        let message = try #require(try await host.arrived(1).first)
        #expect(message.contains("someone@remote.example"))
      }
    }
  }
}
