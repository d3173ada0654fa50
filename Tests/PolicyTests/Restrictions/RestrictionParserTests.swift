import Testing

@testable import Policy

struct RestrictionParserTests {
  private static func read(_ items: [String]) -> (restrictions: [String], faults: [String]) {
    let reading = RestrictionParser(lists: [ListName("residential")], weightedLists: ["reputation"])
      .read(items, list: ListName("recipient"))
    return (reading.steps.map { "\($0.restriction)" }, reading.faults.map(\.description))
  }

  /// Every restriction that is evaluated, as it is written and as it is shown.
  @Test(arguments: [
    ("permit", "permit"), ("Reject", "reject"), ("defer", "defer"), ("DEFER_IF_PERMIT", "defer_if_permit"),
    ("defer_if_reject", "defer_if_reject"), ("warn_if_reject  reject", "warn_if_reject reject"),
    ("warn_if_reject warn_if_reject reject", "warn_if_reject reject"),
    ("permit_mynetworks", "permit_mynetworks"),
    ("permit_sasl_authenticated", "permit_sasl_authenticated"),
    ("permit_tls_clientcerts", "permit_tls_clientcerts"),
    ("permit_auth_destination", "permit_auth_destination"),
    ("reject_unauth_destination", "reject_unauth_destination"),
    ("defer_unauth_destination", "defer_unauth_destination"),
    ("reject_non_fqdn_sender", "reject_non_fqdn_sender"),
    ("reject_non_fqdn_recipient", "reject_non_fqdn_recipient"),
    ("reject_non_fqdn_hostname", "reject_non_fqdn_helo_hostname"),
    ("reject_invalid_hostname", "reject_invalid_helo_hostname"),
    ("reject_unknown_client", "reject_unknown_client_hostname"),
    ("reject_unknown_reverse_client_hostname", "reject_unknown_reverse_client_hostname"),
    ("reject_sender_login_mismatch", "reject_sender_login_mismatch"),
    ("reject_known_sender_login_mismatch", "reject_known_sender_login_mismatch"),
    ("check_client_access cidr:/etc/postfix/clients", "check_client_access cidr:/etc/postfix/clients"),
    ("check_helo_access inline:{a=b, {c = d e}}", "check_helo_access inline:{a=b, {c = d e}}"),
    ("check_sasl_access,hash:/x", "check_sasl_access hash:/x"),
    ("reject_unknown_hostname", "reject_unknown_helo_hostname"),
    ("reject_unknown_address", "reject_unknown_sender_domain"),
    ("reject_unknown_recipient_domain", "reject_unknown_recipient_domain"),
    ("check_reverse_client_hostname_ns_access cidr:/x", "check_reverse_client_hostname_ns_access cidr:/x"),
    ("check_sender_mx_access inline:{a=b}", "check_sender_mx_access inline:{a=b}"),
    ("check_recipient_a_access hash:/x", "check_recipient_a_access hash:/x"),
    ("check_dnsbl reputation", "check_dnsbl reputation"),
    ("reject_rbl zen.example=127.0.0.[2..11]", "reject_rbl_client zen.example=127.0.0.[2..11]"),
    ("reject_rhsbl_client a.example", "reject_rhsbl_client a.example"),
    ("reject_rhsbl_reverse_client a.example", "reject_rhsbl_reverse_client a.example"),
    ("reject_rhsbl_helo a.example", "reject_rhsbl_helo a.example"),
    ("reject_rhsbl_sender a.example", "reject_rhsbl_sender a.example"),
    ("reject_rhsbl_recipient a.example", "reject_rhsbl_recipient a.example"),
    ("permit_dnswl_client a.example", "permit_dnswl_client a.example"),
    ("permit_rhswl_client a.example", "permit_rhswl_client a.example"),
    ("check_greylist", "check_greylist"), ("residential", "residential"),
  ])
  func `a restriction is read as Postfix writes it`(written: String, shown: String) {
    let reading = Self.read([written])
    #expect(reading.restrictions == [shown] && reading.faults == [])
  }

  @Test func `an item may hold several restrictions, and an argument may be the next item`() {
    let reading = Self.read([
      "permit_mynetworks,permit_sasl_authenticated\n\treject", "check_client_access", "cidr:/x",
    ])
    #expect(
      reading.restrictions == [
        "permit_mynetworks", "permit_sasl_authenticated", "reject", "check_client_access cidr:/x",
      ])
  }

  @Test func `each step knows its item`() {
    let parser = RestrictionParser(lists: [])
    let steps = parser.read(["", "permit_mynetworks reject", "defer"], list: ListName("x")).steps
    #expect(steps.map(\.item) == [2, 2, 3])
  }

  @Test(arguments: [
    ("permit_mynetwork", "there is no restriction or list permit_mynetwork"),
    ("hash:/etc/postfix/access", "hash:/etc/postfix/access needs a restriction before it"),
    ("check_client_access", "check_client_access needs an argument"),
    ("check_client_access permit", "check_client_access: permit is no table: type:name is needed"),
    ("check_client_access mysql:/x", "check_client_access: tables of type mysql: can't be read here"),
    ("check_client_access cider:/x", "check_client_access: there is no table type cider:"),
    ("check_client_access cidr:x", "check_client_access: x is no absolute path"),
    ("check_client_access inline:{a=b", "check_client_access: braces don't match in {a=b"),
    ("check_client_access texthash:{a=b}", "check_client_access: {a=b} is no absolute path"),
    (
      "reject_rbl_client zen.example=127.0.0.[2..]", "reject_rbl_client: zen.example=127.0.0.[2..] is no zone"
    ),
    ("check_sender_mx_access mysql:/x", "check_sender_mx_access: tables of type mysql:"),
    ("check_helo_ns_access", "check_helo_ns_access needs an argument"),
    ("check_dnsbl", "check_dnsbl needs an argument"),
    ("check_dnsbl other", "check_dnsbl: there is no weighted list other"),
    ("reject_rbl_client", "reject_rbl_client needs an argument"),
    (
      "check_policy_service unix:x", "check_policy_service needs what only Postfix knows; leave it in main.cf"
    ),
    ("reject_unlisted_recipient", "reject_unlisted_recipient needs what only Postfix knows"),
    ("sleep x", "sleep: x is no number"), ("sleep 1", "sleep needs what only Postfix knows"),
    ("check_relay_domains", "check_relay_domains is gone from Postfix; write reject_unauth_destination"),
    ("warn_if_reject", "nothing comes after warn_if_reject"),
    ("{ permit }", "{ permit }: braces group nothing"),
    ("residential x", "there is no restriction or list x"),
  ])
  func `what can't be meant is named with list and item`(written: String, fault: String) {
    let faults = Self.read(["permit_mynetworks", written]).faults
    #expect(faults.count == 1)
    #expect(faults.first?.hasPrefix("recipient: item 2: \(fault)") == true, "\(faults)")
  }

  @Test func `all faults are found in one run`() {
    let reading = Self.read(["permit_mynetwork, rejct", "permit", "check_client_access x, reject"])
    #expect(reading.faults.count == 3 && reading.restrictions == ["permit", "reject"])
  }

  @Test func `names that may have been meant are offered`() {
    let reading = RestrictionParser(lists: []).read(
      ["permit_mynetwork", "check_client_access cider:/x"], list: ListName("x"))
    let candidates = reading.faults.map { $0.candidates(lists: [ListName("mine")]) }
    #expect(candidates[0].contains("permit_mynetworks") && candidates[0].contains("mine"))
    #expect(candidates[1].contains("cidr"))
  }

  @Test func `in main.cf's own lists everything that Postfix has is kept`() {
    let parser = RestrictionParser(lists: [], dialect: .mainCf(shorthand: .client))
    let reading = parser.read(
      [
        "reject_rbl_client zen.example, check_policy_service { unix:x, timeout=1s }, sleep 3, mysql:/x, hash:/y, check_sender_mx_access mysql:/z"
      ],
      list: ListName("x"))
    #expect(reading.faults == [])
    #expect(
      reading.steps.map { "\($0.restriction)" } == [
        "reject_rbl_client zen.example", "check_policy_service { unix:x, timeout=1s }", "sleep 3",
        "check_client_access mysql:/x", "check_client_access hash:/y", "check_sender_mx_access mysql:/z",
      ])
  }

  // MARK: Lists

  @Test func `lists that call one another in a circle are faults`() {
    let reading = RestrictionLists.read(
      policies: [],
      named: [
        (name: ListName("a"), items: ["permit_mynetworks", "warn_if_reject b"]),
        (name: ListName("b"), items: ["c", "d"]),
        (name: ListName("c"), items: ["a"]), (name: ListName("d"), items: ["reject"]),
        (name: ListName("e"), items: ["e"]),
      ])
    #expect(
      reading.faults.map(\.description) == [
        "c: item 1: lists call one another in a circle: a > b > c > a",
        "e: item 1: lists call one another in a circle: e > e",
      ])
  }

  @Test func `a list can't have a restriction's name`() {
    let reading = RestrictionLists.read(policies: [], named: [(name: ListName("Permit"), items: ["reject"])])
    #expect(reading.faults.map(\.reason) == [.shadowed])
  }

  @Test func `lists know their tables`() {
    let reading = RestrictionLists.read(
      policies: [
        (
          name: ListName("p"),
          items: ["warn_if_reject check_client_access cidr:/a, check_sasl_access hash:/b"]
        )
      ],
      named: [(name: ListName("n"), items: ["check_helo_access pcre:/c", "check_sender_mx_access cidr:/d"])])
    #expect(reading.lists.tables.map(\.description).sorted() == ["cidr:/a", "cidr:/d", "hash:/b", "pcre:/c"])
  }
}
