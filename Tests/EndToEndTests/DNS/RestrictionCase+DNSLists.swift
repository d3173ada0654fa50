import Policy

extension RestrictionCase {
  /// The lists that the cases ask, each with the entries that RFC 5782 wants.
  static let listedNames = """
    2.0.0.127.bl.test A 127.0.0.2
    9.2.0.192.bl.test A 127.0.0.2
    9.2.0.192.bl.test TXT listed, see http://bl.test/9
    10.2.0.192.bl.test A 127.0.0.2 | 127.0.0.10
    10.2.0.192.bl.test TXT one reason | another one
    11.2.0.192.bl.test A 127.0.0.4
    12.2.0.192.bl.test * SERVFAIL
    13.2.0.192.bl.test A 127.0.0.2
    13.2.0.192.bl.test TXT SERVFAIL
    14.2.0.192.bl.test * TIMEOUT
    15.2.0.192.bl.test A NODATA
    9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.test A 127.0.0.2
    9.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.test TXT six
    2.0.0.127.second.test A 127.0.0.2
    9.2.0.192.second.test A 127.0.0.3
    12.2.0.192.second.test A 127.0.0.3
    2.0.0.127.refuses.test A 127.0.0.2
    9.2.0.192.refuses.test A 127.255.255.254
    2.0.0.127.outside.test A 127.0.0.2
    9.2.0.192.outside.test A 203.0.113.9
    2.0.0.127.wl.test A 127.0.0.2
    9.2.0.192.wl.test A 127.0.5.1
    12.2.0.192.wl.test * SERVFAIL
    test.rhs.test A 127.0.0.2
    bad.test.rhs.test A 127.0.0.2
    bad.test.rhs.test TXT a bad domain
    broken.test.rhs.test * SERVFAIL
    [192.0.2.1].rhs.test A 127.0.0.2
    192.0.2.1.rhs.test A 127.0.0.2
    bad.7.rhs.test A 127.0.0.2
    unknown.rhs.test A 127.0.0.2
    test.wrhs.test A 127.0.0.2
    good.test.wrhs.test A 127.0.0.2
    broken.test.wrhs.test * SERVFAIL
    """

  /// What both say to a client; ours with Postfix's own words before it.
  private static func client(
    _ address: String, _ reply: String, name: String = "mx.sender.test"
  ) -> Row {
    wrapped(reply, "<\(name)[\(address)]>: Client host rejected") {
      $0.address = address
      $0.name = name == "unknown" ? nil : name
    }
  }

  /// A reply of native Postfix's, before which ours has `words`.
  private static func wrapped(
    _ reply: String, _ words: String, _ change: (inout SMTPProbe) -> Void
  ) -> Row {
    .row(reply, differs: "\(reply.prefix(9)) \(words): \(reply.dropFirst(10))", because: .listedText, change)
  }

  private static func blocked(_ address: String, _ tail: String = "", by zone: String = "bl.test") -> Row {
    client(address, "554 5.7.1 Service unavailable; Client host [\(address)] blocked using \(zone)\(tail)")
  }

  private static func rows(
    _ list: String, at stage: Stage = .client, native: String? = nil, _ rows: Row...
  ) -> RestrictionCase {
    var row = RestrictionCase(list, at: stage)
    row.native = native
    row.rows = rows
    return row
  }

  /// An answer that native Postfix takes for a listing and we don't.
  private static func senseless(_ zone: String) -> RestrictionCase {
    rows(
      "reject_rbl_client \(zone)",
      .row(
        "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using \(zone)", differs: Row.accepted,
        because: .soundCodes
      ) { $0.address = "192.0.2.9" })
  }

  /// Lists of addresses that refuse.
  static let addressLists = [
    rows(
      "reject_rbl_client bl.test", .client("192.0.2.77"),
      blocked("192.0.2.9", "; listed, see http://bl.test/9"),
      blocked("192.0.2.10", "; one reason / another one"), blocked("192.0.2.11"), .client("192.0.2.12"),
      blocked("192.0.2.13"), .client("192.0.2.14"), .client("192.0.2.15"), blocked("2001:db8::9", "; six"),
      .client("2001:db8::10"),
      client(
        "192.0.2.9",
        "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using bl.test; listed, see http://bl.test/9",
        name: "unknown")),
    rows(
      "reject_rbl_client bl.test", at: .recipient,
      wrapped(
        "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using bl.test; listed, see http://bl.test/9",
        "<u@lab.example>: Recipient address rejected"
      ) { $0.address = "192.0.2.9" },
      // A client that comes over IPv6 from an IPv4 address.
      wrapped(
        "554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using bl.test; listed, see http://bl.test/9",
        "<u@lab.example>: Recipient address rejected"
      ) { $0.address = "::ffff:192.0.2.9" }),
    rows(
      "reject_rbl_client bl.test=127.0.0.2", .client("192.0.2.77"), .client("192.0.2.11"),
      blocked("192.0.2.10", "; one reason / another one"), .client("192.0.2.12")),
    rows(
      "reject_rbl_client bl.test=127.0.0.[4;9..11]", blocked("192.0.2.11"),
      blocked("192.0.2.10", "; one reason / another one"), .client("192.0.2.9")),
    rows(
      "reject_rbl_client bl.test=127.[0..1].0.[3..4], reject_rbl_client second.test",
      blocked("192.0.2.11"), blocked("192.0.2.9", by: "second.test"), blocked("192.0.2.12", by: "second.test")
    ),
    rows("warn_if_reject reject_rbl_client bl.test", .client("192.0.2.9")),
    rows("reject_rbl bl.test", blocked("192.0.2.11")),
    senseless("refuses.test"), senseless("outside.test"),
  ]

  private static func denied(_ address: String, _ recipient: String = "u@lab.example") -> Row {
    .row("554 5.7.1 <\(recipient)>: Recipient address rejected: Access denied") {
      $0.address = address
      $0.recipient = recipient
    }
  }

  /// A list that might have let in doesn't answer: a refusal behind it waits.
  private static func later(_ what: String, _ change: (inout SMTPProbe) -> Void) -> Row {
    .row(
      "450 4.7.1 <\(what)>: Client host rejected: Service unavailable",
      differs: "450 4.7.1 <u@lab.example>: Recipient address rejected: Service unavailable",
      because: .classBeforeText, change)
  }

  /// Lists that let in, and never out.
  static let allowLists = [
    rows(
      "permit_dnswl_client wl.test, reject", at: .recipient, .client("192.0.2.9"), denied("192.0.2.77"),
      denied("192.0.2.9", "u@other.test"), denied("192.0.2.77", "u@other.test"),
      later("192.0.2.12") { $0.address = "192.0.2.12" }),
    rows(
      "permit_dnswl_client wl.test=127.0.5.[1..3], reject", at: .recipient, .client("192.0.2.9"),
      denied("192.0.2.77")),
    rows("permit_dnswl_client wl.test=127.0.5.[2..3], reject", at: .recipient, denied("192.0.2.9")),
    rows("permit_dnswl_client wl.test", at: .recipient, .client("192.0.2.12"), .client("192.0.2.77")),
    rows(
      "permit_rhswl_client wrhs.test, reject", at: .recipient,
      .client("192.0.2.77", name: "good.test"), denied("192.0.2.77"),
      .row("554 5.7.1 <u@other.test>: Recipient address rejected: Access denied") {
        $0.name = "good.test"
        $0.recipient = "u@other.test"
      },
      later("broken.test") { $0.name = "broken.test" }),
  ]

  private static func listed(_ what: String, _ which: String) -> String {
    "554 5.7.1 Service unavailable; \(which) [\(what)] blocked using rhs.test; a bad domain"
  }

  /// Lists of domains.
  static let domainLists = [
    rows(
      "reject_rhsbl_client rhs.test",
      client("192.0.2.77", listed("bad.test", "Client host"), name: "bad.test"),
      .client("192.0.2.77", name: "sub.bad.test"), .client("192.0.2.77", name: "broken.test"),
      .client("192.0.2.77", name: nil)),
    rows(
      "reject_rhsbl_reverse_client rhs.test",
      wrapped(listed("bad.test", "Unverified Client host"), "<unknown[192.0.2.77]>: Client host rejected") {
        $0.name = nil
        $0.reverseName = "bad.test"
      }, .row { $0.reverseName = nil }),
    rows(
      "reject_rhsbl_helo rhs.test", at: .helo,
      // A client whose name isn't known is no matter here: it has given this one.
      wrapped(
        "554 5.7.1 Service unavailable; Helo command [unknown] blocked using rhs.test",
        "<unknown>: Helo command rejected"
      ) { $0.helo = "unknown" },
      wrapped(listed("bad.test", "Helo command"), "<bad.test>: Helo command rejected") {
        $0.helo = "bad.test"
      },
      .greeting("sub.bad.test"), .greeting("[192.0.2.1]"), .greeting("192.0.2.1"), .greeting("bad.7"),
      .greeting(nil)),
    rows(
      "reject_rhsbl_sender rhs.test", at: .sender,
      wrapped(listed("a@bad.test", "Sender address"), "<a@bad.test>: Sender address rejected") {
        $0.sender = "a@bad.test"
      },
      wrapped(listed("A@BAD.test", "Sender address"), "<A@BAD.test>: Sender address rejected") {
        $0.sender = "A@BAD.test"
      }, .from("a@sub.bad.test"), .from("a@broken.test"), .from("a@[192.0.2.1]"), .from(""), .from("a")),
    rows(
      "reject_rhsbl_recipient rhs.test", at: .recipient,
      wrapped(listed("u@bad.test", "Recipient address"), "<u@bad.test>: Recipient address rejected") {
        $0.recipient = "u@bad.test"
      }, .to("u@sub.bad.test"), .to("u@lab.example"), .to("u")),
  ]

  // MARK: Templates

  /// `rbl_reply_maps` of all cases: other lists' replies are as usual.
  static let replies = """
    all.test ${rbl_code} 5.7.9 [$rbl_domain|$rbl_what|$rbl_class|$rbl_reason|$rbl_txt] $client $(client_address)
    names.test 550 5.1.8 $client_name $reverse_client_name $helo_name $sender $sender_name $sender_domain
    mail.test 450 4.1.2 <$recipient> $recipient_name at $recipient_domain for $$5
    choices.test 554 ${rbl_reason?with: $rbl_reason} ${rbl_reason:without} ${nobody?never}${nobody:always}
    codeless.test Go away
    broken.test 554 ${rbl_what
    later.test 421 4.7.0 come $rbl_domain later
    ports.test 554 5.7.4 from port $client_port ${client_port?named}
    filtered.test=127.0.0.2 554 5.7.3 by its whole name

    """

  private static let templates = [
    "all", "names", "mail", "choices", "codeless", "broken", "later", "ports", "filtered",
  ]

  /// The lists with templates: two clients, of which one is listed for a reason.
  static let templatedNames = templates.map { zone in
    """
    2.0.0.127.\(zone).test A 127.0.0.2
    9.2.0.192.\(zone).test A 127.0.0.2
    9.2.0.192.\(zone).test TXT a reason
    10.2.0.192.\(zone).test A 127.0.0.2
    """
  }.joined(separator: "\n")

  private static func templated(
    _ zone: String, _ reply: String, filter: String = "", address: String = "192.0.2.9"
  ) -> RestrictionCase {
    rows(
      "reject_rbl_client \(zone).test\(filter)",
      wrapped(reply, "<mx.sender.test[\(address)]>: Client host rejected") { $0.address = address })
  }

  /// What replies are made of.
  static let listReplies = [
    templated(
      "all",
      "554 5.7.9 [all.test|192.0.2.9|Client host|a reason|a reason] mx.sender.test[192.0.2.9] 192.0.2.9"),
    templated("names", "550 5.0.0 mx.sender.test mx.sender.test mx.sender.test a@sender.test a sender.test"),
    templated("mail", "450 4.0.0 <u@lab.example> u at lab.example for $5"),
    templated("choices", "554 5.7.1 with: a reason  always"),
    templated("choices", "554 5.7.1 without always", address: "192.0.2.10"),
    templated("codeless", "450 4.7.1 Service unavailable"),
    templated(
      "broken", "554 5.7.1 Service unavailable; Client host [192.0.2.10] blocked using broken.test",
      address: "192.0.2.10"),
    templated("ports", "554 5.7.4 from port 40123 named"),
    templated("filtered", "554 5.7.3 by its whole name", filter: "=127.0.0.2"),
  ]

  static let dnsLists = addressLists + allowLists + domainLists + listReplies
}
