import Policy

extension RestrictionCase {
  /// Domains and hosts, and what befalls those who look them up.
  static let resolvedNames = """
    mx.dom.test MX 10 gone.dom.test
    a.dom.test A 192.0.2.1
    six.dom.test AAAA 2001:db8::1
    alias.dom.test CNAME a.dom.test
    dangling.dom.test CNAME gone.dom.test
    nodata.dom.test TXT no mail here
    half.dom.test MX SERVFAIL
    half.dom.test A 192.0.2.1
    broken.dom.test * SERVFAIL
    refused.dom.test * REFUSED
    slow.dom.test * TIMEOUT
    null.dom.test MX 0 .
    odd.dom.test MX 10 a-.dom.test
    32.2.0.192.in-addr.arpa PTR SERVFAIL
    33.2.0.192.in-addr.arpa PTR forged.dom.test
    forged.dom.test A 192.0.2.99
    34.2.0.192.in-addr.arpa PTR waits.dom.test
    waits.dom.test * SERVFAIL
    """

  private static let found = ["mx", "a", "six", "alias", "half"].map { "\($0).dom.test" }
  private static let missing = ["none.dom.test", "nodata.dom.test", "dangling.dom.test", "host"]
  private static let unclear = ["broken.dom.test", "refused.dom.test"]

  private static func checks(_ list: String, at stage: Stage, _ rows: [Row]) -> RestrictionCase {
    var row = RestrictionCase(list, at: stage)
    row.rows = rows
    return row
  }

  private static func unknown(
    _ sender: String, _ code: String = "450 4.1.8", _ text: String = "Domain not found"
  ) -> Row {
    .from(sender, "\(code) <\(sender)>: Sender address rejected: \(text)")
  }

  static let domainChecks = [
    checks(
      "reject_unknown_sender_domain", at: .sender,
      found.map { .from("u@\($0)") }
        + ["", "u", "u@lab.example", "u@[192.0.2.1]", "u@MX.dom.test", "u@mx.dom.test."].map { .from($0) }
        + (missing + unclear + ["slow.dom.test", "relay.test"]).map { unknown("u@\($0)") } + [
          unknown("u@odd.dom.test", "450 4.1.8", "Malformed DNS server reply"),
          unknown("u@null.dom.test", "550 5.7.27", "Domain null.dom.test does not accept mail (nullMX)"),
        ]),
    // What may pass later waits for the refusals behind it.
    checks(
      "reject_unknown_sender_domain, reject_unauth_destination", at: .recipient,
      [
        later("broken.dom.test", "u@lab.example"), later("none.dom.test", "u@lab.example"),
        later("none.dom.test", "u@other.test"),
        .row(
          "554 5.7.1 <u@other.test>: Relay access denied",
          differs: "554 5.7.1 <u@other.test>: Recipient address rejected: Relay access denied",
          because: .classBeforeText
        ) {
          $0.sender = "u@broken.dom.test"
          $0.recipient = "u@other.test"
        },
      ]),
    checks(
      "reject_unknown_recipient_domain", at: .recipient,
      found.map { .to("u@\($0)") } + ["u", "u@lab.example", "u@[192.0.2.1]", "u@alias.test"].map { .to($0) }
        + (missing + unclear + ["relay.test"]).map { nowhere("u@\($0)") } + [
          nowhere("u@odd.dom.test", "Malformed DNS server reply"),
          .row(
            "556 5.1.10 <u@null.dom.test>: Recipient address rejected: Domain null.dom.test does not accept mail (nullMX)",
            differs:
              "556 5.1.0 <u@null.dom.test>: Recipient address rejected: Domain null.dom.test does not accept mail (nullMX)",
            because: .listedText
          ) { $0.recipient = "u@null.dom.test" },
        ]),
  ]

  private static func nowhere(_ recipient: String, _ text: String = "Domain not found") -> Row {
    .to(recipient, "450 4.1.2 <\(recipient)>: Recipient address rejected: \(text)")
  }

  /// Told by a recipient's list, it looks like this.
  private static func later(_ sender: String, _ recipient: String) -> Row {
    .row(
      "450 4.1.8 <u@\(sender)>: Sender address rejected: Domain not found",
      differs: "450 4.1.2 <\(recipient)>: Recipient address rejected: Domain not found",
      because: .statusOfClass
    ) {
      $0.sender = "u@\(sender)"
      $0.recipient = recipient
    }
  }

  static let greetingChecks = [
    checks(
      "reject_unknown_helo_hostname", at: .helo,
      (found + ["null.dom.test", "[192.0.2.1]", "[IPv6:2001:db8::1]"]).map { .greeting($0) } + [
        .greeting(nil)
      ]
        + (missing + unclear + ["a.dom.test.", "192.0.2.1", "a..b"]).map { unheard($0) }
        + ["[300.1.1.1]", "[bogus]"].map { unheard($0, "501 5.5.2", "invalid ip address") })
  ]

  private static func unheard(
    _ helo: String, _ code: String = "450 4.7.1", _ text: String = "Host not found"
  ) -> Row {
    .greeting(helo, "\(code) <\(helo)>: Helo command rejected: \(text)")
  }

  // MARK: Codes for good

  /// Parameters that make refusals final; what is only unclear has to stay a deferral.
  static let finalCodes = """
    unknown_address_reject_code = 550
    unknown_hostname_reject_code = 550
    unknown_client_reject_code = 550

    """

  private static let finalNames = [
    checks(
      "reject_unknown_sender_domain", at: .sender,
      missing.map { unknown("u@\($0)", "550 5.1.8") } + unclear.map { unknown("u@\($0)") }
        + [unknown("u@odd.dom.test", "550 5.1.8", "Malformed DNS server reply")]),
    checks(
      "reject_unknown_helo_hostname", at: .helo,
      missing.map { unheard($0, "550 5.7.1") } + unclear.map { unheard($0) }),
  ]

  static let finalChecks = finalNames + clientChecks(550)
}
