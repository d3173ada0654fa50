import Foundation
import Testing

extension EndToEnd {
  /// Several lists behind one socket, told apart by policy_context.
  @Suite struct PolicyContextTests {
    private static func asking(_ context: String) -> RestrictionCase {
      var row = RestrictionCase("check_sender_access inline:{{one.test=REJECT of the first}}", at: .sender)
      row.native = "check_policy_service { unix:postern/case1, policy_context=\(context) }"
      return row
    }

    /// The second socket, asked by the real Postfix with the name of the first list, without one and with nobody's.
    @Test func `Postfix chooses a list by its policy_context`() async throws {
      let second = RestrictionCase(
        "check_sender_access inline:{{two.test=REJECT of the second}}", at: .sender)
      let cases = [Self.asking("case0"), second, Self.asking("nobody")]
      try await RestrictionHost.with(cases) { host in
        func reply(_ listener: PrivatePostfix.Listener, _ sender: String) throws -> String {
          try SMTPDialogue(to: listener).ask(SMTPProbe(sender: "a@\(sender)"))
        }
        let first = "554 5.7.1 <a@one.test>: Sender address rejected: of the first"
        let other = "554 5.7.1 <a@two.test>: Sender address rejected: of the second"
        let named = try [reply(host.native(0), "one.test"), reply(host.native(0), "two.test")]
        #expect(named[0] == first && named[1].hasPrefix("250 "), "\(named) \(host.logs)")
        for listener in [host.ours(1), host.native(2)] {
          let own = try [reply(listener, "one.test"), reply(listener, "two.test")]
          #expect(own[0].hasPrefix("250 ") && own[1] == other, "\(own) \(host.logs)")
        }
        #expect(host.gateway.log.contains("list=case0"), host.logs)
      }
    }

    @Test func `a list without a socket of its own is asked only so`() async throws {
      let run = try RunDirectory()
      let store = try run.make("store")
      try FileManager.default.setAttributes([.ownerAccountID: 64_001], ofItemAtPath: store)
      let socket = run.path("policy")
      let settings = """
        [policy.sender]
        listen = ["unix:\(socket)"]
        restrictions = []
        [policy.submission]
        listen = []
        restrictions = ["reject"]
        [mail]
        from_postfix = ""
        [store]
        path = "\(store)/postern.db"

        """
      let gateway = try await Gateway(
        .posternd, in: run, at: try run.make("saslauthd"), options: .init(settings: settings))
      try await eventually("the service listens") { Gateway.isConnectable(socket) }
      let client = try PolicyClient(socket)
      #expect(try await client.ask(PolicyQuestion()) == "DUNNO", gateway.logs)
      let lines = PolicyQuestion().lines.map { $0 == "policy_context=" ? "\($0)submission" : $0 }
      try await client.send(PolicyQuestion.bytes(lines))
      let replies = try await client.replies(2)
      #expect(replies.last?.hasPrefix("554 5.7.1 ") == true, "\(replies) \(gateway.logs)")
      try await gateway.stop()
    }
  }
}
