import TestKit
import Testing

extension EndToEnd {
  /// A name server that has fallen silent: users relay as before, nobody waits longer than lookups may take, and when
  /// it is back all is as it was.
  @Suite struct DeadNameServerTests {
    private static let trusted = ["permit_mynetworks", "permit_sasl_authenticated"]
    private static let domains = ["reject_unknown_sender_domain", "reject_unknown_recipient_domain"]
    private static let lists = [
      "reject_unauth_destination", "reject_rbl_client one.example", "permit_dnswl_client white.example",
      "reject_rhsbl_sender names.example", "reject_rbl_client two.example=127.0.0.[2..9]", "check_greylist",
    ]
    /// What the server says once it is back.
    private static let names = """
      2.0.0.127.one.example A 127.0.0.2
      2.0.0.127.two.example A 127.0.0.2
      2.0.0.127.white.example A 127.0.0.2
      test.names.example A 127.0.0.2
      25.9.51.198.one.example A 127.0.0.2
      sender.example MX 10 mx.sender.example
      lab.example MX 10 mx.lab.example
      """
    private static let unclear = "450 4.1.2 <u@lab.example>: Recipient address rejected: Domain not found"
    /// What a request may take: the budget, and what a busy machine adds.
    private static let patience = Duration.seconds(8)

    private static func stranger(_ number: Int, to recipient: String = "u@lab.example") -> Swaks.Message {
      Swaks.Message(
        from: "news@sender.example", to: recipient,
        client: ("mx.sender\(number).example", "198.51.\(number).25"))
    }

    /// The same as SMTP without the mail: what the recipient is told.
    private static func offer(_ number: Int, to listener: PrivatePostfix.Listener) throws -> String {
      let name = "mx.sender\(number).example"
      return try SMTPDialogue(to: listener).ask(
        SMTPProbe(
          name: name, address: "198.51.\(number).25", reverseName: name, sender: "news@sender.example"))
    }

    /// Lets users log in, by either method and twenty at once, while strangers are in the middle of their waiting.
    ///
    /// - Returns: what the strangers were told.
    private static func logins(
      at host: MailHost, while strangers: ClosedRange<Int>, wait listener: PrivatePostfix.Listener
    ) async throws -> [String?] {
      async let waiting = withThrowingTaskGroup(of: String?.self) { group in
        for number in strangers {
          group.addTask { try await Swaks.send(stranger(number), to: listener).recipientReply }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      for method in ["PLAIN", "LOGIN"] {
        let session = try await Swaks.send(
          to: listener, method: method, login: WireAccount.login, password: WireAccount.password)
        #expect(session.loginReply == "235 2.7.0 Authentication successful" && session.isQueued, host.logs)
      }
      let logins = try await host.gateway.logins(
        (0..<20).map { (WireAccount.login, $0 % 2 == 0 ? WireAccount.password : "geheim-1") })
      #expect(logins == (0..<20).map { $0 % 2 == 0 ? .ok : .no }, host.logs)
      return try await waiting
    }

    @Test func `with the chapter's whole list users relay, strangers are put off, and all ends well`()
      async throws
    {
      let server = try NameServer.usual()
      server.answerOthers(.silence)
      try await MailHost.with(Self.trusted + Self.domains + Self.lists, asking: server) { host in
        let plain = try #require(host.postfix.plain)
        let start = ContinuousClock.now
        let first = try await Swaks.send(Self.stranger(1), to: plain)
        #expect(first.recipientReply == Self.unclear, host.logs)
        #expect(ContinuousClock.now - start < Self.patience)

        let replies = try await Self.logins(at: host, while: 2...6, wait: plain)
        #expect(replies == Array(repeating: Self.unclear, count: 5), host.logs)
        let relaying = try await Swaks.send(Self.stranger(7, to: "victim@elsewhere.example"), to: plain)
        #expect(relaying.recipientReply?.hasPrefix("554 5.7.1 ") == true, host.logs)

        server.load(Self.names)
        server.answerOthers(ScriptedReply(code: 3))
        try await eventually("a listed client is refused again") {
          try Self.offer(9, to: plain).contains("[198.51.9.25] blocked using one.example")
        }
        try await eventually("the first one comes in") {
          try Self.offer(1, to: plain) == RestrictionCase.Row.accepted
        }
      }
    }

    @Test func `where domains aren't looked up strangers are greylisted and come in`() async throws {
      let server = try NameServer.usual()
      server.answerOthers(.silence)
      try await MailHost.with(Self.trusted + Self.lists, asking: server) { host in
        let plain = try #require(host.postfix.plain)
        let start = ContinuousClock.now
        let first = try await Swaks.send(Self.stranger(1), to: plain)
        #expect(first.recipientReply?.contains("Greylisted") == true, host.logs)
        #expect(ContinuousClock.now - start < Self.patience)
        #expect(server.asked > 0)

        let replies = try await Self.logins(at: host, while: 2...6, wait: plain)
        #expect(replies.count == 5 && replies.allSatisfy { $0?.contains("Greylisted") == true }, "\(replies)")
        let relaying = try await Swaks.send(Self.stranger(7, to: "victim@elsewhere.example"), to: plain)
        #expect(relaying.recipientReply?.hasPrefix("554 5.7.1 ") == true, host.logs)
        try await eventually("the first one comes in") {
          try Self.offer(1, to: plain) == RestrictionCase.Row.accepted
        }
      }
    }
  }
}
