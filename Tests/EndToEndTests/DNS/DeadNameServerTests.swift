import Foundation
import TestKit
import Testing

extension EndToEnd {
  /// The chapter's whole list, and a name server that has fallen silent: users relay as before, strangers' mail comes
  /// in, and nobody waits longer than the lookups may take.
  @Suite struct DeadNameServerTests {
    private static let restrictions = [
      "permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination",
      "reject_rbl_client one.example", "permit_dnswl_client white.example",
      "reject_rhsbl_sender names.example",
      "reject_rbl_client two.example=127.0.0.[2..9]", "check_greylist",
    ]
    /// What a request may take: the budget, and what a busy machine adds.
    private static let patience = Duration.seconds(8)

    /// A mail host whose recipients' list is ours.
    private static func with(
      _ restrictions: [String], _ server: NameServer, _ body: (MailHost) async throws -> Void
    ) async throws {
      let run = try RunDirectory()
      let logins = try run.make("queue/var/run/saslauthd", group: "postfix", mode: 0o710)
      let socket = try run.make("queue/postern") + "/recipient"
      let store = try run.make("store")
      try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: store)
      let settings = """
        [store]
        path = "\(store)/postern.db"
        [mail]
        from_postfix = "\(run.path("conf"))"
        [policy.recipient]
        listen = ["unix:\(socket)"]
        restrictions = [\(restrictions.map { "'\($0)'" }.joined(separator: ", "))]
        [greylist]
        delay = "1s"
        [dns]
        servers = ["\(server.endpoint)"]
        timeout = "1s"
        attempts = 1
        budget = "2s"

        """
      let sink = try await MailSink(in: run)
      let main = """

        smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
        smtpd_recipient_restrictions = check_policy_service unix:postern/recipient
        relay_domains = lab.example
        relay_transport = smtp:[127.0.0.1]:\(sink.port)
        smtpd_authorized_xclient_hosts = 127.0.0.1

        """
      let postfix = try await PrivatePostfix(
        in: run, sink: sink.port, socket: "\(logins)/mux", main: main, nameServer: server.address)
      let gateway = try await Gateway(
        .posternd, in: run, at: logins, options: .init(settings: settings, group: "postfix"),
        prepare: WireAccount.add)
      try await eventually("the policy service listens") { Gateway.isConnectable(socket) }
      let host = MailHost(run: run, postfix: postfix, gateway: gateway, sink: sink)
      do {
        try await body(host)
      } catch {
        Issue.record(error, host.logs)
      }
      try await postfix.stop()
      try await sink.stop()
      if gateway.process.isRunning { try await gateway.stop() }
    }

    private static func stranger(_ number: Int, to recipient: String = "u@lab.example") -> Swaks.Message {
      Swaks.Message(
        from: "news@sender.example", to: recipient,
        client: ("mx.sender\(number).example", "198.51.\(number).25"))
    }

    @Test func `users relay, strangers are greylisted and come in`() async throws {
      let server = try NameServer.usual()
      server.answerOthers(.silence)
      try await Self.with(Self.restrictions, server) { host in
        let plain = try #require(host.postfix.plain)
        let start = ContinuousClock.now
        let first = try await Swaks.send(Self.stranger(1), to: plain)
        #expect(first.recipientReply?.contains("Greylisted") == true, host.logs)
        #expect(ContinuousClock.now - start < Self.patience)
        #expect(server.asked > 0)

        // Strangers in the middle of their waiting keep no user from his login.
        async let waiting = withThrowingTaskGroup(of: String?.self) { group in
          for number in 2...6 {
            group.addTask { try await Swaks.send(Self.stranger(number), to: plain).recipientReply }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        for method in ["PLAIN", "LOGIN"] {
          let session = try await Swaks.send(
            to: plain, method: method, login: WireAccount.login, password: WireAccount.password)
          #expect(session.loginReply == "235 2.7.0 Authentication successful" && session.isQueued, host.logs)
        }
        let logins = try await host.gateway.logins(
          (0..<20).map { (WireAccount.login, $0 % 2 == 0 ? WireAccount.password : "geheim-1") })
        #expect(logins == (0..<20).map { $0 % 2 == 0 ? .ok : .no }, host.logs)
        let replies = try await waiting
        #expect(replies.count == 5 && replies.allSatisfy { $0?.contains("Greylisted") == true }, "\(replies)")

        let relaying = try await Swaks.send(Self.stranger(7, to: "victim@elsewhere.example"), to: plain)
        #expect(relaying.recipientReply?.hasPrefix("554 5.7.1 ") == true, host.logs)
        try await eventually("the first one comes in") {
          try SMTPDialogue(to: plain).ask(
            SMTPProbe(
              name: "mx.sender1.example", address: "198.51.1.25", reverseName: "mx.sender1.example",
              sender: "news@sender.example")) == RestrictionCase.Row.accepted
        }
      }
    }

    @Test func `a sender's domain that can't be looked up is put off, and not for longer than that`()
      async throws
    {
      let server = try NameServer.usual()
      server.answerOthers(.silence)
      try await Self.with(["reject_unknown_sender_domain", "reject_rbl_client one.example"], server) { host in
        let plain = try #require(host.postfix.plain)
        let start = ContinuousClock.now
        let session = try await Swaks.send(Self.stranger(1), to: plain)
        #expect(
          session.recipientReply == "450 4.1.2 <u@lab.example>: Recipient address rejected: Domain not found",
          host.logs)
        #expect(ContinuousClock.now - start < Self.patience)
        server.load("sender.example MX 10 mx.sender.example")
        server.answerOthers(ScriptedReply(code: 3))
        let answered = try await Swaks.send(Self.stranger(2), to: plain)
        #expect(answered.isQueued, host.logs)
      }
    }
  }
}
