import Testing

extension EndToEnd {
  /// Debian's Postfix as installed: smtpd is chrooted, and finds the socket inside its queue directory.
  @Suite struct ChrootTests {
    /// An address of this host's own network that no mail system listens on.
    static let address = (2..<250).map { "127.0.0.\($0)" }.first { Loopback.isFree($0, port: 25) }

    @Test(
      .enabled(if: address != nil, "port 25 is taken on every loopback address"), arguments: Daemon.present)
    func `an unmodified master.cf relays for whoever logs in`(_ daemon: Daemon) async throws {
      let address = try #require(Self.address)
      let alice = try Accounts.required().alice
      try await MailHost.with(daemon, master: .asShipped(address: address)) { host in
        let session = try await Swaks.send(
          to: host.postfix.chrooted, method: "PLAIN", login: alice.login, password: alice.password)
        #expect(session.loginReply == "235 2.7.0 Authentication successful", host.logs)
        let message = try #require(try await host.arrived(1).first)
        #expect(message.contains("someone@remote.example"))
      }
    }
  }
}
