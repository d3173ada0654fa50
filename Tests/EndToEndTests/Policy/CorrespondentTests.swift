import Foundation
import Testing

extension EndToEnd {
  /// Whom our own users wrote to is not greylisted when he answers, on the wire.
  @Suite struct CorrespondentTests {
    private static let deferred = "DEFER_IF_PERMIT"

    @Test func `an answer passes at once, a stranger waits, and so it is after a restart`() async throws {
      let host = try Self.prepare()
      try await Self.with(host) { socket in
        let answer = PolicyQuestion(sender: "bob@far.example", recipient: "alice@lab.example")
        #expect(try await Self.ask(answer, at: socket) == Self.deferred, "nobody wrote to him yet")
        let mail = PolicyQuestion(
          client: "203.0.113.9", sender: "alice@lab.example", recipient: "bob@far.example", login: "alice")
        #expect(try await Self.ask(mail, at: socket) == "OK")
        #expect(try await Self.ask(answer, at: socket) == "DUNNO")
        try await Self.expectOnlyBob(at: socket)
      }
      try await Self.with(host) { socket in
        try await Self.expectOnlyBob(at: socket)
        let stats = try await run(
          Project.program("postern"), ["greylist", "stats", "--json", "--control", host.path("control")])
        #expect(stats.output.contains("\"correspondents\":1"), "\(stats)")
        #expect(stats.output.contains("\"correspondent\":1"), "\(stats)")
      }
    }

    @Test func `who may relay by his network counts too, and a mail that is refused doesn't`() async throws {
      let host = try Self.prepare()
      try await Self.with(host) { socket in
        let local = PolicyQuestion(
          client: "10.1.2.3", sender: "carol@lab.example", recipient: "dave@far.example")
        let permitted = try await Self.ask(local, at: socket)
        #expect(permitted == "OK")
        let refused = PolicyQuestion(
          client: "192.0.2.1", sender: "carol@lab.example", recipient: "eve@far.example")
        let answered = try await Self.ask(refused, at: socket)
        #expect(answered == "554")
        for (sender, expected) in [("dave@far.example", "DUNNO"), ("eve@far.example", Self.deferred)] {
          let action = try await Self.ask(
            PolicyQuestion(sender: sender, recipient: "carol@lab.example"), at: socket)
          #expect(action == expected, "\(sender)")
        }
      }
    }

    @Test func `correspondents = 0 switches it off`() async throws {
      let host = try Self.prepare()
      try await Self.with(host, correspondents: "0") { socket in
        let mail = PolicyQuestion(
          client: "203.0.113.9", sender: "alice@lab.example", recipient: "bob@far.example", login: "alice")
        let sent = try await Self.ask(mail, at: socket)
        #expect(sent == "OK")
        let answer = PolicyQuestion(sender: "bob@far.example", recipient: "alice@lab.example")
        let answered = try await Self.ask(answer, at: socket)
        #expect(answered == Self.deferred)
      }
    }

    @Test func `correspondents_by = "domain" lets his colleagues pass, too`() async throws {
      let host = try Self.prepare()
      try await Self.with(host, by: "domain") { socket in
        let mail = PolicyQuestion(
          client: "203.0.113.9", sender: "alice@lab.example", recipient: "bob@far.example", login: "alice")
        #expect(try await Self.ask(mail, at: socket) == "OK")
        for (sender, expected) in [("carol@far.example", "DUNNO"), ("carol@near.example", Self.deferred)] {
          let action = try await Self.ask(
            PolicyQuestion(sender: sender, recipient: "alice@lab.example"), at: socket)
          #expect(action == expected, "\(sender)")
        }
      }
    }

    @Test func `under postgrey's flags nobody is a correspondent`() async throws {
      try await GreylistDaemon.with(.posternd) { greylist in
        let mail = PolicyQuestion(
          client: "203.0.113.9", sender: "alice@lab.example", recipient: "bob@far.example", login: "alice")
        let sent = try await Self.ask(mail, at: greylist.socket)
        #expect(sent == "DUNNO")
        let answer = PolicyQuestion(sender: "bob@far.example", recipient: "alice@lab.example")
        let answered = try await Self.ask(answer, at: greylist.socket)
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
        #expect(try await ask(question, at: socket) == expected, "\(question)")
      }
    }

    private static func ask(_ question: PolicyQuestion, at socket: String) async throws -> String {
      let client = try PolicyClient(socket)
      try await client.send(question.bytes)
      try await eventually("it is answered") { !client.replies.isEmpty }
      return String(client.replies[0].prefix { $0 != " " })
    }

    /// Directories for a service that runs as the user whom `Gateway` adds.
    private static func prepare() throws -> RunDirectory {
      let run = try RunDirectory()
      for name in ["store", "policy"] {
        try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: try run.make(name))
      }
      return run
    }

    private static func with(
      _ run: RunDirectory, correspondents: String = "60d", by who: String = "address",
      _ body: (String) async throws -> Void
    ) async throws {
      let socket = run.path("policy/recipient")
      let settings = """
        [mail]
        from_postfix = ""
        mynetworks = "10.0.0.0/8"
        relay_domains = "lab.example"
        [policy.recipient]
        listen = ["unix:\(socket)"]
        restrictions = [
          "permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination", "check_greylist",
        ]
        [greylist]
        correspondents = "\(correspondents)"
        correspondents_by = "\(who)"
        [store]
        path = "\(run.path("store/postern.db"))"
        """
      // Of the service that ran here before.
      if FileManager.default.fileExists(atPath: run.path("etc")) {
        try FileManager.default.removeItem(atPath: run.path("etc"))
      }
      let gateway = try await Gateway(
        .posternd, in: run, at: try run.make("saslauthd"), options: .init(settings: settings))
      do {
        try await eventually("it serves") { Gateway.isConnectable(socket) }
        try await body(socket)
      } catch {
        Issue.record(error, gateway.logs)
      }
      if gateway.process.isRunning { try await gateway.stop() }
    }
  }
}
