import Policy

extension RestrictionCase {
  /// Lists that Postfix asks at other times than at RCPT TO, or for something else than the recipient.
  static let stages = relay + data + endOfData + etrn + atOnce

  private static let badSender = "check_sender_access inline:{bad.test=REJECT}"

  private static let relay = [
    RestrictionCase(
      "permit_mynetworks, reject", at: .relay,
      .row("554 5.7.1 <u@lab.example>: Recipient address rejected: Access denied"), .client("10.1.2.3")),
    RestrictionCase(
      "defer_unauth_destination", at: .relay, .row(),
      .row(
        "454 4.7.1 <u@other.test>: Relay access denied",
        differs: "454 4.7.1 <u@other.test>: Recipient address rejected: Relay access denied",
        because: .classBeforeText
      ) { $0.recipient = "u@other.test" }),
    RestrictionCase(
      badSender, at: .relay, .row(),
      .row(
        "554 5.7.1 <a@bad.test>: Sender address rejected: Access denied",
        differs: "554 5.7.1 <u@lab.example>: Recipient address rejected: Access denied",
        because: .classBeforeText
      ) { $0.sender = "a@bad.test" }),
  ]

  private static let continues = "354 End data with <CR><LF>.<CR><LF>"

  private static let data = [
    RestrictionCase(
      "permit_mynetworks, reject", at: .data,
      .row("554 5.7.1 <DATA>: Data command rejected: Access denied"), .client("10.1.2.3", continues)),
    RestrictionCase("defer", at: .data, .row("450 4.3.2 <DATA>: Data command rejected: Try again later")),
    RestrictionCase(
      badSender, at: .data, .row(continues),
      .row(
        "554 5.7.1 <a@bad.test>: Sender address rejected: Access denied",
        differs: "554 5.7.1 <DATA>: Data command rejected: Access denied", because: .classBeforeText
      ) { $0.sender = "a@bad.test" }),
  ]

  private static let endOfData = [
    RestrictionCase(
      "permit_mynetworks, reject", at: .endOfData,
      .row("554 5.7.1 <END-OF-MESSAGE>: End-of-data rejected: Access denied"), .client("10.1.2.3", queued)),
    RestrictionCase(
      "check_recipient_access inline:{{lab.example=450 4.2.2 full}}", at: .endOfData,
      .row(
        "450 4.2.2 <u@lab.example>: Recipient address rejected: full",
        differs: "450 4.2.2 <END-OF-MESSAGE>: End-of-data rejected: full", because: .classBeforeText)),
  ]

  private static let etrn = [
    RestrictionCase(
      "permit_mynetworks, reject", at: .etrn,
      .row("554 5.7.1 <relay.test>: Etrn command rejected: Access denied"),
      .client("10.1.2.3", "250 Queuing started")),
    RestrictionCase(
      "check_client_access inline:{mx.sender.test=DEFER}", at: .etrn,
      .row(
        "450 4.7.1 <mx.sender.test[192.0.2.77]>: Client host rejected: Access denied",
        differs: "450 4.7.1 <relay.test>: Etrn command rejected: Access denied", because: .classBeforeText)),
  ]

  /// What is accepted has this reply, without the queue's name for it.
  static let queued = "250 2.0.0 Ok: queued as"

  /// With `smtpd_delay_reject = no` each list is asked at its own step, in its own protocol state.
  private static let atOnce = [
    immediate(
      "check_client_access inline:{192.0.2.77=REJECT}", .client,
      [
        .row("554 5.7.1 <mx.sender.test[192.0.2.77]>: Client host rejected: Access denied"),
        .client("10.1.2.3", "220 gate.example ESMTP Postfix"),
      ]),
    immediate(
      "reject_non_fqdn_helo_hostname", .helo,
      [
        .greeting("mx.test", "250 CHUNKING"),
        .greeting("host", "504 5.5.2 <host>: Helo command rejected: need fully-qualified hostname"),
      ]),
    immediate(
      "check_sender_access inline:{{bad.test=REJECT no}}", .sender,
      [
        .row("250 2.1.0 Ok"),
        .from("a@bad.test", "554 5.7.1 <a@bad.test>: Sender address rejected: no"),
      ]),
    immediate(
      "check_recipient_access inline:{bad@lab.example=DEFER}", .recipient,
      [
        .row(),
        .to("bad@lab.example", "450 4.7.1 <bad@lab.example>: Recipient address rejected: Access denied"),
      ]),
  ]

  /// Loopback, where all of them come from, is a stranger here.
  static let strangersAreSentAway = immediate("permit_mynetworks, reject", .client, [])

  private static func immediate(_ list: String, _ stage: Stage, _ rows: [Row]) -> RestrictionCase {
    var row = RestrictionCase(list, at: stage)
    row.isDelayed = false
    row.rows = rows
    return row
  }
}
