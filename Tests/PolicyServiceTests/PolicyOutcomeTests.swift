import Control
import Logs
import Policy
import Testing

@testable import PolicyService

/// The one line that an administrator has of a decision.
struct PolicyOutcomeTests {
  private static let lists = RestrictionLists.read(
    policies: [
      (
        ListName("recipient"),
        [
          "permit_sasl_authenticated", "check_sender_access inline:{{bad.test=REJECT 5.7.9 \"no\" mail}}",
          "check_recipient_access inline:{slow@lab.example=DEFER_IF_PERMIT}",
        ]
      )
    ], named: [])

  private static func line(
    client: String = "198.51.100.9", name: String = "host.example", helo: String = "x", login: String? = nil,
    sender: String = "a@b.example", recipient: String = "u@lab.example"
  ) throws -> String {
    let request = try #require(
      PolicyRequest(
        DecisionRequest.Dialogue(
          list: "recipient", address: Array(client.utf8), name: Array(name.utf8), helo: Array(helo.utf8),
          login: login.map { Array($0.utf8) }, sender: Array(sender.utf8), recipient: Array(recipient.utf8))))
    try #require(lists.faults == [])
    let policy = MailPolicy(lists: lists.lists)
    var tables = TableSet()
    for name in policy.tables { tables[name] = try LookupTable(name, contents: []) }
    let list = try #require(policy.lists.policies[ListName("recipient")])
    guard case .decided(let decision) = policy.evaluate(request, by: list, Facts(tables: tables)) else {
      preconditionFailure("nothing has to be looked up")
    }
    return PolicyOutcome(
      id: 0x7c2f4, list: "recipient", decision: decision, request: request, elapsed: .milliseconds(52)
    ).line.description
  }

  @Test func `a refusal names the restriction, the reply and who has it`() throws {
    #expect(
      try Self.line(sender: "a@bad.test") == """
        policy action=reject id=7c2f4 list=recipient \
        restriction="check_sender_access inline:{{bad.test=REJECT 5.7.9 \\"no\\" mail}}" code=554 dsn=5.7.9 \
        queue= client=198.51.100.9[host.example] helo=x sender=a@bad.test recipient=u@lab.example login= ms=52 \
        text="\\"no\\" mail"
        """)
  }

  @Test func `what permits is named, too`() throws {
    #expect(
      try Self.line(login: "alice") == """
        policy action=permit id=7c2f4 list=recipient restriction=permit_sasl_authenticated queue= \
        client=198.51.100.9[host.example] helo=x sender=a@b.example recipient=u@lab.example login=alice ms=52
        """)
  }

  @Test func `a list that came to its end has no restriction, unless one defers`() throws {
    #expect(
      try Self.line(sender: "") == """
        policy action=dunno id=7c2f4 list=recipient queue= client=198.51.100.9[host.example] helo=x sender= \
        recipient=u@lab.example login= ms=52
        """)
    #expect(
      try Self.line(recipient: "slow@lab.example") == """
        policy action=defer id=7c2f4 list=recipient \
        restriction="check_recipient_access inline:{slow@lab.example=DEFER_IF_PERMIT}" code=450 dsn=4.7.1 queue= \
        client=198.51.100.9[host.example] helo=x sender=a@b.example recipient=slow@lab.example login= ms=52 \
        text="Service unavailable"
        """)
  }

  @Test func `what strangers write can't be taken for another field, nor for another line`() throws {
    let line = try Self.line(name: "h\u{1b}[2J", helo: "x login=root", sender: "a\"b c@d.example")
    #expect(
      line
        == #"""
        policy action=dunno id=7c2f4 list=recipient queue= client="198.51.100.9[h\x1b[2J]" helo="x login=root" \
        sender="a\"b c@d.example" recipient=u@lab.example login= ms=52
        """#.replacing(" \\\n", with: " "))
    let text = String(repeating: "x", count: 500)
    let long = try Self.line(helo: text, sender: text)
    #expect(long.utf8.count <= 1024 && long.contains(" recipient=u@lab.example login= ms=52"))
  }
}
