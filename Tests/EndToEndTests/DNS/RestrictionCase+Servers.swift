import Policy

extension RestrictionCase {
  /// Who serves whom: domains whose name servers, mail exchangers or addresses are in the table, and some whose aren't.
  static let servedNames = """
    bad-ns.test NS ns.evil.test
    bad-ns.test MX 10 mx.fine.test
    bad-ns.test A 192.0.2.1
    www.bad-ns.test A 192.0.2.1
    bad-mx.test NS ns.fine.test
    bad-mx.test MX 10 mx.fine.test | 20 mx.evil.test
    bad-mx.test A 192.0.2.1
    bad-address.test NS ns.address.test
    bad-address.test MX 10 mx.address.test
    bad-address.test A 203.0.113.66
    fine.test NS ns.fine.test
    fine.test MX 10 mx.fine.test
    fine.test A 192.0.2.1
    broken-ns.test * SERVFAIL
    null-mx.test MX 0 .
    only-a.test A 203.0.113.66
    ok-mx.test MX 10 mx.trusted.test
    ns.fine.test A 192.0.2.2
    mx.fine.test A 192.0.2.3
    ns.evil.test A 192.0.2.4
    mx.evil.test A 192.0.2.5
    ns.address.test A 203.0.113.66
    mx.address.test A 203.0.113.66
    mx.trusted.test A 192.0.2.6
    """

  /// The table; names have their parents searched, and addresses their networks.
  static let servers = """
    evil.test REJECT known for spam
    203.0.113.66 REJECT 5.7.9 of a network that spams
    mx.trusted.test OK
    198.51.100 REJECT a literal

    """

  private static func table(
    _ subject: String, _ what: String, at stage: Stage, _ rows: [Row]
  ) -> RestrictionCase {
    var row = RestrictionCase("check_\(subject)_\(what)_access texthash:TABLES/servers", at: stage)
    row.rows = rows
    return row
  }

  private static let spam = "554 5.7.1 % known for spam"
  private static let network = "554 5.7.9 % of a network that spams"

  /// A table of servers may not permit: whoever owns a domain says who serves it.
  private static let allowed = Row.row(
    "451 4.3.5 Server configuration error",
    differs: "451 4.3.5 <a@ok-mx.test>: Sender address rejected: Server configuration error",
    because: .classBeforeText
  ) { $0.sender = "a@ok-mx.test" }

  private static func sender(_ domain: String, _ reply: String? = nil) -> Row {
    .from("a@\(domain)", text(reply, "<a@\(domain)>: Sender address rejected:"))
  }

  private static func recipient(_ domain: String, _ reply: String? = nil) -> Row {
    .to("u@\(domain)", text(reply, "<u@\(domain)>: Recipient address rejected:"))
  }

  private static func greeting(_ name: String, _ reply: String? = nil) -> Row {
    .greeting(name, text(reply, "<\(name)>: Helo command rejected:"))
  }

  private static func client(_ name: String, _ reply: String? = nil) -> Row {
    .client("192.0.2.77", name: name, text(reply, "<\(name)[192.0.2.77]>: Client host rejected:"))
  }

  /// One whose address has a name that doesn't lead back to it.
  private static func unverified(_ name: String, _ reply: String? = nil) -> Row {
    named(
      name, text(reply, "<\(name)>: Unverified Client host rejected:"),
      ours: text(reply, "<unknown[192.0.2.77]>: Client host rejected:"))
  }

  private static func named(_ reverse: String, _ reply: String, ours: String) -> Row {
    .row(reply, differs: ours, because: .classBeforeText) {
      $0.name = nil
      $0.reverseName = reverse
    }
  }

  private static let nameless = Row.row {
    $0.name = nil
    $0.reverseName = nil
  }

  private static func text(_ reply: String?, _ words: String) -> String {
    reply?.replacing("%", with: words) ?? Row.accepted
  }

  static let serverTables = [
    table(
      "sender", "ns", at: .sender,
      [
        sender("fine.test"), sender("bad-ns.test", spam), sender("www.bad-ns.test", spam),
        sender("bad-mx.test"),
        sender("bad-address.test", network), sender("broken-ns.test"), sender("none.test"), .from(""),
      ]),
    table(
      "sender", "mx", at: .sender,
      [
        sender("fine.test"), sender("bad-ns.test"), sender("bad-mx.test", spam),
        sender("bad-address.test", network),
        sender("broken-ns.test"), sender("null-mx.test"), sender("only-a.test", network), allowed,
        sender("none.test"), .from(""),
      ]),
    table(
      "sender", "a", at: .sender,
      [sender("fine.test"), sender("bad-mx.test"), sender("bad-address.test", network), sender("none.test")]),
    table(
      "recipient", "mx", at: .recipient,
      [recipient("fine.test"), recipient("bad-mx.test", spam), recipient("bad-address.test", network)]),
    table("recipient", "ns", at: .recipient, [recipient("fine.test"), recipient("bad-ns.test", spam)]),
    table("recipient", "a", at: .recipient, [recipient("fine.test"), recipient("only-a.test", network)]),
    table(
      "helo", "ns", at: .helo,
      [
        greeting("fine.test"), greeting("bad-ns.test", spam), greeting("www.bad-ns.test", spam),
        .greeting(nil),
      ]),
    table(
      "helo", "mx", at: .helo,
      [greeting("fine.test"), greeting("bad-mx.test", spam), greeting("only-a.test", network)]),
    table("helo", "a", at: .helo, [greeting("fine.test"), greeting("only-a.test", network)]),
    table(
      "client", "ns", at: .client,
      [client("fine.test"), client("bad-ns.test", spam), .row { $0.name = nil }]),
    table("client", "mx", at: .client, [client("fine.test"), client("bad-mx.test", spam)]),
    table("client", "a", at: .client, [client("fine.test"), client("only-a.test", network)]),
    table(
      "reverse_client_hostname", "ns", at: .client,
      [
        unverified("fine.test"), unverified("bad-ns.test", spam), unverified("www.bad-ns.test", spam),
        unverified("bad-address.test", network), unverified("broken-ns.test"), nameless,
      ]),
    table(
      "reverse_client_hostname", "mx", at: .client,
      [
        unverified("fine.test"), unverified("bad-mx.test", spam), unverified("only-a.test", network),
        named(
          "ok-mx.test", "451 4.3.5 Server configuration error",
          ours: "451 4.3.5 <unknown[192.0.2.77]>: Client host rejected: Server configuration error"),
        nameless,
      ]),
    table(
      "reverse_client_hostname", "a", at: .client,
      [unverified("fine.test"), unverified("only-a.test", network), nameless]),
  ]
}
