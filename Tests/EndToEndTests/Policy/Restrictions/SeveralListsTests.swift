import Foundation
import Testing

extension EndToEnd {
  /// One Postfix that asks several of our lists in one session.
  @Suite struct SeveralListsTests {
    private static let options = Gateway.Options(policies: [
      "sender": .init(restrictions: "check_sender_access inline:{{late.test=DEFER_IF_PERMIT 4.7.9 not now}}"),
      "first": .init(restrictions: "check_recipient_access inline:{{one@gate.example=REJECT the first}}"),
      "second": .init(restrictions: "check_recipient_access inline:{{two@gate.example=REJECT the second}}"),
    ])
    private static let main = """
      smtpd_authorized_xclient_hosts = 0.0.0.0/0
      smtpd_sender_restrictions = check_policy_service unix:postern/sender
      smtpd_recipient_restrictions =
        check_recipient_access inline:{gone@gate.example=REJECT}, reject_unauth_destination,
        check_policy_service unix:postern/first, check_policy_service unix:postern/second

      """

    private static func rejected(_ name: String, _ text: String) -> String {
      "554 5.7.1 <\(name)@gate.example>: Recipient address rejected: \(text)"
    }

    /// Checklist 21: all of it comes with the same protocol state, over a connection for each listener.
    @Test func `each listener has its own list, whoever asks`() async throws {
      try await MailHost.with(.posternd, options: Self.options, main: Self.main) { host in
        for listener in [host.postfix.chrooted, try #require(host.postfix.plain)] {
          let session = try SMTPDialogue(to: listener)
          for (name, reply) in [
            ("one", Self.rejected("one", "the first")), ("two", Self.rejected("two", "the second")),
            ("three", "250 2.1.5 Ok"),
          ] {
            let said = try session.ask(SMTPProbe(recipient: "\(name)@gate.example"))
            #expect(said == reply, host.logs)
          }
        }
        for (name, lists) in [
          ("one", ["sender", "first"]), ("two", ["sender", "first", "second"]),
          ("three", ["sender", "first", "second"]),
        ] {
          let asked = try await host.gateway.objects([
            "history", "--recipient", "\(name)@gate.example",
          ]).map { $0["list"] as? String }
          #expect(asked == lists + lists, "by either smtpd, in main.cf's order")
        }
      }
    }

    /// Checklist 19: what the sender's list defers is refused for good when a later list does so.
    @Test func `a deferral of the sender's list yields to a later refusal`() async throws {
      try await MailHost.with(.posternd, options: Self.options, main: Self.main) { host in
        let session = try SMTPDialogue(to: host.postfix.chrooted)
        for (recipient, reply) in [
          ("u@gate.example", "450 4.7.9 <a@late.test>: Sender address rejected: not now"),
          ("gone@gate.example", Self.rejected("gone", "Access denied")),
          ("one@gate.example", Self.rejected("one", "the first")),
          ("two@gate.example", Self.rejected("two", "the second")),
          ("u@elsewhere.test", "554 5.7.1 <u@elsewhere.test>: Relay access denied"),
        ] {
          let said = try session.ask(SMTPProbe(sender: "a@late.test", recipient: recipient))
          #expect(said == reply, host.logs)
        }
      }
    }
  }
}
