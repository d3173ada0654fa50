import Testing

extension EndToEnd {
  /// Whom our own users wrote to is not greylisted when he answers, on the wire.
  @Suite struct CorrespondentTests {
    private static let deferred = "DEFER_IF_PERMIT"

    @Test func `an answer passes at once, a stranger waits, and so it is after a restart`() async throws {
      let host = try RecipientList.prepare()
      try await RecipientList.with(host) { socket in
        let answer = PolicyQuestion(sender: "bob@far.example", recipient: "alice@lab.example")
        #expect(try await RecipientList.ask(answer, at: socket) == Self.deferred, "nobody wrote to him yet")
        let mail = PolicyQuestion(
          client: "203.0.113.9", sender: "alice@lab.example", recipient: "bob@far.example", login: "alice")
        #expect(try await RecipientList.ask(mail, at: socket) == "OK")
        #expect(try await RecipientList.ask(answer, at: socket) == "DUNNO")
        try await Self.expectOnlyBob(at: socket)
      }
      try await RecipientList.with(host) { socket in
        try await Self.expectOnlyBob(at: socket)
        let stats = try await run(
          Project.program("postern"), ["greylist", "stats", "--json", "--control", host.path("control")])
        #expect(stats.output.contains("\"correspondents\":1"), "\(stats)")
        #expect(stats.output.contains("\"correspondent\":1"), "\(stats)")
      }
    }

    @Test func `who may relay by his network counts too, and a mail that is refused doesn't`() async throws {
      let host = try RecipientList.prepare()
      try await RecipientList.with(host) { socket in
        let local = PolicyQuestion(
          client: "10.1.2.3", sender: "carol@lab.example", recipient: "dave@far.example")
        let permitted = try await RecipientList.ask(local, at: socket)
        #expect(permitted == "OK")
        let refused = PolicyQuestion(
          client: "192.0.2.1", sender: "carol@lab.example", recipient: "eve@far.example")
        let answered = try await RecipientList.ask(refused, at: socket)
        #expect(answered == "554")
        for (sender, expected) in [("dave@far.example", "DUNNO"), ("eve@far.example", Self.deferred)] {
          let action = try await RecipientList.ask(
            PolicyQuestion(sender: sender, recipient: "carol@lab.example"), at: socket)
          #expect(action == expected, "\(sender)")
        }
      }
    }

    @Test func `correspondents = 0 switches it off`() async throws {
      let host = try RecipientList.prepare()
      try await RecipientList.with(host, greylist: "correspondents = 0") { socket in
        let mail = PolicyQuestion(
          client: "203.0.113.9", sender: "alice@lab.example", recipient: "bob@far.example", login: "alice")
        let sent = try await RecipientList.ask(mail, at: socket)
        #expect(sent == "OK")
        let answer = PolicyQuestion(sender: "bob@far.example", recipient: "alice@lab.example")
        let answered = try await RecipientList.ask(answer, at: socket)
        #expect(answered == Self.deferred)
      }
    }

    @Test func `correspondents_by = "domain" lets his colleagues pass, too`() async throws {
      let host = try RecipientList.prepare()
      try await RecipientList.with(host, greylist: "correspondents_by = \"domain\"") { socket in
        let mail = PolicyQuestion(
          client: "203.0.113.9", sender: "alice@lab.example", recipient: "bob@far.example", login: "alice")
        #expect(try await RecipientList.ask(mail, at: socket) == "OK")
        for (sender, expected) in [("carol@far.example", "DUNNO"), ("carol@near.example", Self.deferred)] {
          let action = try await RecipientList.ask(
            PolicyQuestion(sender: sender, recipient: "alice@lab.example"), at: socket)
          #expect(action == expected, "\(sender)")
        }
      }
    }

    @Test func `under postgrey's flags nobody is a correspondent`() async throws {
      try await GreylistDaemon.with(.posternd) { greylist in
        let mail = PolicyQuestion(
          client: "203.0.113.9", sender: "alice@lab.example", recipient: "bob@far.example", login: "alice")
        let sent = try await RecipientList.ask(mail, at: greylist.socket)
        #expect(sent == "DUNNO")
        let answer = PolicyQuestion(sender: "bob@far.example", recipient: "alice@lab.example")
        let answered = try await RecipientList.ask(answer, at: greylist.socket)
        #expect(answered == Self.deferred)
      }
    }

    /// Bob may answer from any network, and only her who wrote to him.
    private static func expectOnlyBob(at socket: String) async throws {
      for (client, sender, recipient, expected) in [
        ("198.51.100.7", "bob@far.example", "alice@lab.example", "DUNNO"),
        ("198.51.100.7", "mallory@far.example", "alice@lab.example", deferred),
        ("198.51.100.7", "bob@far.example", "carol@lab.example", deferred),
      ] {
        let question = PolicyQuestion(client: client, sender: sender, recipient: recipient)
        #expect(try await RecipientList.ask(question, at: socket) == expected, "\(question)")
      }
    }
  }
}
