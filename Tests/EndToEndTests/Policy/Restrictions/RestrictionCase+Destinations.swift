import Policy

extension RestrictionCase {
  private static func denied(_ recipient: String, _ code: String) -> Row {
    .row(
      "\(code) <\(recipient)>: Relay access denied",
      differs: "\(code) <\(recipient)>: Recipient address rejected: Relay access denied",
      because: .classBeforeText
    ) { $0.recipient = recipient }
  }

  private static let ours = [
    "u@lab.example", "u@LAB.EXAMPLE", "u@lab.example.", "u@[127.0.0.1]", "u@relay.test", "u@sub.relay.test",
    "u", "@other.test:u@lab.example", "u@alias.test", "u@mailbox.test",
  ]
  private static let elsewhere = [
    "u@other.test", "u@sub.lab.example", "u@[192.0.2.1]", "u%other.test@lab.example",
    "other.test!u@lab.example", "u@other.test@lab.example", "u@sub.alias.test",
  ]

  /// A route to this very host.
  private static func routed(_ reply: String) -> Row {
    let recipient = "u%lab.example@lab.example"
    return .row(
      differs: "\(reply.prefix(9)) <\(recipient)>: Recipient address rejected: \(reply.dropFirst(10))",
      because: .route
    ) { $0.recipient = recipient }
  }

  private static func destinations(_ list: String, _ rows: [Row]) -> RestrictionCase {
    var row = RestrictionCase(list)
    row.rows = rows
    return row
  }

  /// Whose mail this host takes, and who may have any delivered.
  static let destinations = [
    destinations(
      "reject_unauth_destination",
      ours.map { .to($0) } + elsewhere.map { denied($0, "554 5.7.1") } + [
        routed("554 5.7.1 Relay access denied")
      ]),
    destinations(
      "defer_unauth_destination",
      ours.map { .to($0) } + elsewhere.map { denied($0, "454 4.7.1") } + [
        routed("454 4.7.1 Relay access denied")
      ]),
    destinations(
      "permit_auth_destination, reject",
      ours.map { .to($0) }
        + elsewhere.map {
          .to($0, "554 5.7.1 <\($0)>: Recipient address rejected: Access denied")
        } + [routed("554 5.7.1 Access denied")]),
    RestrictionCase(
      "permit_mynetworks, reject_unauth_destination",
      .row { ($0.address, $0.recipient) = ("10.1.2.3", "u@other.test") },
      .row { ($0.address, $0.recipient) = ("2001:db8:1::7", "u@other.test") },
      .row { ($0.address, $0.recipient) = ("::ffff:10.1.2.3", "u@other.test") },
      .row { ($0.address, $0.name, $0.recipient) = ("192.0.2.1", "pc.trusted.test", "u@other.test") },
      .row(
        "554 5.7.1 <u@other.test>: Relay access denied",
        differs: "554 5.7.1 <u@other.test>: Recipient address rejected: Relay access denied",
        because: .classBeforeText
      ) { ($0.address, $0.recipient) = ("10.1.9.3", "u@other.test") }),
    RestrictionCase(
      "permit_sasl_authenticated, reject_unauth_destination",
      .row { ($0.login, $0.recipient) = ("alice", "u@other.test") }, denied("u@other.test", "554 5.7.1")),
  ]
}
