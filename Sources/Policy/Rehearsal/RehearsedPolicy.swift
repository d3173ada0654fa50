import MailTypes

/// A mail policy that is rehearsed: what Postfix asks at which step, and what the answers rest on.
package struct RehearsedPolicy: Sendable {
  package var policy: MailPolicy
  package var tables: TableSet
  /// What is asked at a step; several when several listeners are.
  package var lists: [RehearsalStage: [RestrictionList]]
  /// `smtpd_delay_reject`: whether client, HELO and sender are judged at RCPT only.
  package var delaysReject = true
  /// `smtpd_relay_before_recipient_restrictions`, as Postfix has it since compatibility level 3.6.
  package var relayBeforeRecipient = true

  /// What the script has the DNS say.
  var dns: [DNSQuestion: DNSAnswer] = [:]
  /// Whether the real DNS is asked for everything else.
  package internal(set) var asksLive = false

  package init(
    policy: MailPolicy, tables: TableSet = TableSet(), lists: [RehearsalStage: [RestrictionList]] = [:]
  ) {
    self.policy = policy
    self.tables = tables
    self.lists = lists
  }

  /// What is asked at RCPT, in this order.
  var stagesAtRecipient: [RehearsalStage] {
    (delaysReject ? [.client, .helo, .sender] : [])
      + (relayBeforeRecipient ? [.relay, .recipient] : [.recipient, .relay])
  }

  /// What is asked at ETRN.
  var stagesAtETRN: [RehearsalStage] { (delaysReject ? [.client, .helo] : []) + [.etrn] }
}
