import Policy

extension RestrictionCase {
  /// The files in the tables' directory.
  static let tables = [
    "clients": """
    # The name goes before the address.
    bad.test REJECT no mail from you
    test.parent DEFER
    known.test DUNNO
    192.0.2.5 REJECT 5.7.9 this one
    198.51.100 421 4.7.5 later
    198.51 550 the rest
    2001:db8:2 REJECT all of it
    2001:db8:3::1 REJECT 5.2.1 that one
    unknown REJECT nameless

    """,
    "networks": """
    203.0.113.0/25 REJECT half
    !198.51.100.0/24 DUNNO
    198.51.100.7 OK
    198.51.100.0/24 DEFER_IF_PERMIT 4.7.3 not now

    """,
    "hosts": """
    # The flag turns ignoring of case off.
    /^dsl-([0-9]+)\\.pool\\.test$/ REJECT 5.7.2 line $1 is a customer's
    /^Upper\\./i REJECT upper case
    if /\\.group\\.test$/
    !/^mx\\./ DEFER 4.1.3 not ${1}an exchanger
    endif

    """.replacing("${1}", with: ""),
    "helos": "helo.test REJECT\nlab.example REJECT you are not me\n192.0.2.9 REJECT an address\n",
    "senders": """
    a+ext@ext.test REJECT extended
    b@ext.test REJECT 5.1.7 plain
    spam@ REJECT everywhere
    dom.test 554 5.1.8 of the domain
    ok.dom.test OK
    prefix.test 450 4.2.2 wait
    <> REJECT nobody
    lists.test strict, reject
    warn.test warn_if_reject reject

    """,
    "recipients": """
    gone@lab.example 550 5.1.6 moved away
    full@ 452 4.2.2 mailbox full
    closed.relay.test REJECT

    """,
    "changing": "other.test REJECT\n",
    "logins": "a@lab.example alice\n@shared.test alice, bob\na alice\n",
    "replies": replies,
    "servers": servers,
    "accounts": "mallory REJECT locked\nDave DEFER\n",
  ]

  private static func recipient(_ code: String, _ text: String) -> String {
    "\(code) <u@lab.example>: Recipient address rejected: \(text)"
  }

  private static func client(
    _ code: String, _ address: String, _ text: String, name: String = "mx.sender.test"
  )
    -> Row
  {
    .client(
      address, name: name == "unknown" ? nil : name,
      "\(code) <\(name)[\(address)]>: Client host rejected: \(text)")
  }

  private static func sender(_ sender: String, _ code: String, _ text: String) -> Row {
    .from(sender, "\(code) <\(sender)>: Sender address rejected: \(text)")
  }

  private static func rows(
    _ list: String, _ stage: Stage, native: String? = nil, _ rows: [Row]
  ) -> RestrictionCase {
    var row = RestrictionCase(list, at: stage)
    row.native = native
    row.rows = rows
    return row
  }

  private static let clientRows = [
    .client("192.0.2.77"),
    client("554 5.7.1", "192.0.2.1", "no mail from you", name: "bad.test"),
    client("554 5.7.1", "192.0.2.1", "no mail from you", name: "deep.sub.bad.test"),
    .client("192.0.2.5", name: "mx.known.test"),
    client("554 5.7.9", "192.0.2.5", "this one"),
    client("550 5.7.1", "198.51.101.1", "the rest"),
    client("554 5.7.1", "2001:db8:2::9", "all of it"),
    client("554 5.2.1", "2001:db8:3::1", "that one"),
    client("554 5.7.1", "192.0.2.77", "nameless", name: "unknown"),
  ]

  private static let senderRows = [
    .from("a@free.test"), .from("a@ext.test"), sender("a+ext@ext.test", "554 5.7.1", "extended"),
    sender("b+x@ext.test", "554 5.1.7", "plain"), sender("spam+1@free.test", "554 5.7.1", "everywhere"),
    sender("x@dom.test", "554 5.1.8", "of the domain"),
    sender("x@SUB.dom.test", "554 5.1.8", "of the domain"),
    .from("x@ok.dom.test"), .from("x@sub.ok.dom.test"), sender("x@prefix.test", "450 4.2.2", "wait"),
    sender("", "554 5.7.1", "nobody"), sender("x@lists.test", "554 5.7.1", "Access denied"),
    .from("x@warn.test"),
    .row("554 5.7.1 <spam@free.test>: Sender address rejected: everywhere") {
      $0.sender = #""spam"@free.test"#
    },
  ]

  static let accessTables = [
    rows("check_client_access texthash:TABLES/clients", .client, clientRows),
    rows("check_client_access hash:TABLES/clients", .client, clientRows),
    rows(
      "check_reverse_client_hostname_access texthash:TABLES/clients", .client,
      [
        .row(),
        .row(
          "554 5.7.1 <x.bad.test>: Unverified Client host rejected: no mail from you",
          differs: "554 5.7.1 <mx.sender.test[192.0.2.77]>: Client host rejected: no mail from you",
          because: .classBeforeText
        ) { $0.reverseName = "x.bad.test" },
      ]),
    rows(
      "check_client_access cidr:TABLES/networks", .client,
      [
        client("554 5.7.1", "203.0.113.9", "half"), .client("203.0.113.200"), .client("198.51.100.7"),
        client("450 4.7.3", "198.51.100.8", "not now"),
      ]),
    rows(
      "check_client_access regexp:TABLES/hosts", .client,
      [
        client("554 5.7.2", "192.0.2.1", "line 77 is a customer's", name: "DSL-77.pool.test"),
        .client("192.0.2.1", name: "upper.test"),
        client("554 5.7.1", "192.0.2.1", "upper case", name: "Upper.test"),
        client("450 4.0.0", "192.0.2.1", "not an exchanger", name: "pc.group.test"),
        .client("192.0.2.1", name: "mx.group.test"),
      ]),
    rows(
      "check_client_access pcre:TABLES/hosts", .client, native: "check_client_access regexp:TABLES/hosts",
      [
        client("554 5.7.2", "192.0.2.1", "line 77 is a customer's", name: "dsl-77.pool.test"),
        client("450 4.0.0", "192.0.2.1", "not an exchanger", name: "pc.group.test"),
      ]),
    rows(
      "check_helo_access texthash:TABLES/helos", .helo,
      [
        .greeting("mx.test"), .greeting(nil),
        .greeting("sub.helo.test", "554 5.7.1 <sub.helo.test>: Helo command rejected: Access denied"),
        .greeting("LAB.example", "554 5.7.1 <LAB.example>: Helo command rejected: you are not me"),
        .greeting("192.0.2.9", "554 5.7.1 <192.0.2.9>: Helo command rejected: an address"),
      ]),
    rows("check_sender_access texthash:TABLES/senders", .sender, senderRows),
    rows("check_sender_access hash:TABLES/senders", .sender, senderRows),
    rows(
      "check_sender_access inline:{ { in.test = REJECT 5.7.9 in line }, x@y.test=DEFER }", .sender,
      [
        sender("a@sub.in.test", "554 5.7.9", "in line"), sender("x@y.test", "450 4.7.1", "Access denied"),
        .from("z@y.test"),
      ]),
    rows(
      "check_recipient_access texthash:TABLES/recipients", .recipient,
      [
        .to("u@lab.example"),
        .to("gone@lab.example", "550 5.1.6 <gone@lab.example>: Recipient address rejected: moved away"),
        .to("gone", "550 5.1.6 <gone>: Recipient address rejected: moved away"),
        .to("full+x@relay.test", "452 4.2.2 <full+x@relay.test>: Recipient address rejected: mailbox full"),
        .to(
          "u@closed.relay.test", "554 5.7.1 <u@closed.relay.test>: Recipient address rejected: Access denied"),
      ]),
    rows(
      "check_sasl_access texthash:TABLES/accounts", .recipient,
      [
        .row(), .row { $0.login = "alice" },
        .row(
          "554 5.7.1 <mallory>: SASL login name rejected: locked",
          differs: recipient("554 5.7.1", "locked"), because: .classBeforeText
        ) { $0.login = "mallory" },
        .row(
          "450 4.7.1 <dave>: SASL login name rejected: Access denied",
          differs: recipient("450 4.7.1", "Access denied"), because: .classBeforeText
        ) { $0.login = "dave" },
      ]),
  ]
}
