import Testing

@testable import Policy

struct RelayProofTests {
  /// The lists of `facts/classic-setup.md` and others that let nobody relay.
  @Test(arguments: [
    ["permit_mynetworks, reject_unauth_destination, check_greylist"],
    ["permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination, check_greylist"],
    ["permit_mynetworks", "permit_sasl_authenticated", "defer_unauth_destination", "permit"],
    ["permit_auth_destination", "reject"], ["check_greylist"], ["reject", "permit"], [],
    ["defer_if_permit", "permit"],
    ["permit_sasl_authenticated, reject_non_fqdn_sender, permit_auth_destination, defer, permit"],
    ["check_sasl_access inline:{alice=OK}, permit_tls_clientcerts, reject_unauth_destination, permit"],
    ["permit_dnswl_client wl.example, permit_rhswl_client wl.example, reject"],
    ["warn_if_reject permit_dnswl_client wl.example", "reject_rbl_client bl.example", "check_greylist"],
    ["check_sender_mx_access inline:{{mx.test=OK}}", "check_helo_a_access cidr:{{0.0.0.0/0 permit}}"],
    [
      "permit_mynetworks, permit_sasl_authenticated, reject_unknown_sender_domain",
      "reject_unknown_recipient_domain, reject_unauth_destination",
      "reject_rbl_client bl.example, reject_rhsbl_sender bl.example, permit",
    ],
    ["check_sender_access inline:{{bad.test=REJECT}, {odd.test=HOLD}, {x.test=DISCARD}}"],
    [
      "check_recipient_access inline:{u@lab.example=OK, relay.test=OK}", "reject_unauth_destination",
      "permit",
    ],
    ["check_client_access cidr:{{198.51.100.0/25 OK}, {0.0.0.0/0 DUNNO}}", "reject_unauth_destination"],
    ["check_reverse_client_hostname_access inline:{x=OK}"],
    [
      "check_sender_access inline:{{b.test=permit_mynetworks, reject}}", "reject_unauth_destination",
      "permit",
    ],
    ["check_helo_access pcre:{{/^(.*)$/ REJECT you are not $1}}"],
  ])
  func `a list that lets no stranger relay is closed`(items: [String]) throws {
    let scene = try PolicyScene(items)
    let list = try #require(scene.policy.lists.policies[PolicyScene.list])
    #expect(scene.policy.proveClosed(list, tables: scene.facts.tables) == .closed)
  }

  @Test(arguments: [
    (["permit"], "recipient: item 1: permit: permits"),
    (
      ["reject_non_fqdn_sender", "check_greylist, permit"],
      """
      recipient: item 1: reject_non_fqdn_sender: a stranger can pass
      recipient: item 2: check_greylist: a stranger can pass
      recipient: item 2: permit: permits
      """
    ),
    (
      ["check_sender_access inline:{b.test=OK}", "reject_unauth_destination"],
      """
      recipient: item 1: check_sender_access inline:{b.test=OK}: a stranger can pass
      : inline line 1: OK
      """
    ),
    (["warn_if_reject reject_unauth_destination, permit"], nil),
    // A stranger is on no list when that lets him pass.
    (
      ["reject_rbl_client bl.example", "permit"],
      """
      recipient: item 1: reject_rbl_client bl.example: a stranger can pass
      recipient: item 2: permit: permits
      """
    ),
    (
      ["reject_unknown_client_hostname, reject_unknown_sender_domain, reject_unknown_helo_hostname, permit"],
      nil
    ),
    (["check_sender_ns_access inline:{{ns.test=DUNNO}}, permit"], nil),
    (["check_recipient_access inline:{lab.example=OK}"], nil),
    (["check_recipient_access inline:{{postmaster@=OK}}"], nil),
    (["check_client_access cidr:{{198.51.0.0/16 OK}}"], nil),
    (["check_client_access cidr:{{!198.51.100.0/24 OK}}"], nil),
    (["check_helo_access pcre:{{/^(.*)$/ $1}}"], nil),
    (["check_helo_access pcre:{{/^4(.*)$/ 4$1 x}}"], nil),
    (["check_sender_access inline:{{b.test=permit}}"], nil),
  ])
  func `an open list is shown with a way through it`(items: [String], path: String?) throws {
    let scene = try PolicyScene(items)
    let list = try #require(scene.policy.lists.policies[PolicyScene.list])
    guard case .open(let steps) = scene.policy.proveClosed(list, tables: scene.facts.tables) else {
      Issue.record("closed")
      return
    }
    if let path { #expect(steps.map(\.description).joined(separator: "\n") == path) }
  }

  @Test func `a table that can't be read may permit`() throws {
    let scene = try PolicyScene(["check_client_access cidr:/t", "reject_unauth_destination"])
    let list = try #require(scene.policy.lists.policies[PolicyScene.list])
    #expect(scene.policy.proveClosed(list, tables: scene.facts.tables) == .closed)
    #expect(scene.policy.proveClosed(list, tables: TableSet()) != .closed)
  }

  @Test func `what a list sets after it permitted comes too late`() throws {
    let scene = try PolicyScene(
      ["late"], lists: ["late": ["check_sender_access inline:{b.test=OK}", "defer_if_permit"]])
    let list = try #require(scene.policy.lists.policies[PolicyScene.list])
    #expect(scene.policy.proveClosed(list, tables: scene.facts.tables) != .closed)
  }

  /// A table leads back into its list behind a warning, where nothing refuses any more.
  @Test func `a circle through a table is followed`() throws {
    let scene = try PolicyScene(
      ["round"],
      lists: [
        "round": [
          "check_sender_access inline:{{b.example=warn_if_reject round}}", "reject_unauth_destination",
          "permit",
        ]
      ])
    let list = try #require(scene.policy.lists.policies[PolicyScene.list])
    #expect(scene.policy.proveClosed(list, tables: scene.facts.tables) != .closed)
  }

  // MARK: main.cf

  /// Lists of main.cf, beside whether the host relays for strangers; `unix:ours` is a service of ours.
  static let hosts: [(relay: String, recipient: String, ours: StrangerAnswer, isClosed: Bool)] = [
    ("permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination", "", .mayPass, true),
    // postfix.md §1.7: any policy service that isn't ours may say OK.
    ("", "check_policy_service unix:theirs, reject_unauth_destination", .mayPass, false),
    ("", "check_policy_service unix:ours, reject_unauth_destination", .mayPass, true),
    ("", "check_policy_service { unix:ours, timeout=10s }, reject_unauth_destination", .mayPass, true),
    ("", "check_policy_service local:./ours, reject_unauth_destination", .mayPass, true),
    // What Postfix does when we don't answer.
    (
      "", "permit_mynetworks, check_policy_service { unix:ours, default_action=451 later }", .refuses,
      false
    ),
    (
      "", "permit_mynetworks, check_policy_service { unix:ours, { default_action = 451 later } }", .refuses,
      true
    ),
    (
      "", "permit_mynetworks, check_policy_service { unix:ours, default_action=DUNNO }", .refuses, false
    ),
    (
      "", "check_policy_service { unix:ours, default_action=DUNNO }, reject_unauth_destination", .refuses,
      true
    ),
    (
      "", "check_policy_service { unix:ours, default_action=permit }, reject_unauth_destination", .refuses,
      false
    ),
    ("", "check_policy_service unix:/ours, reject_unauth_destination", .mayPass, false),
    ("", "permit_mynetworks, check_policy_service unix:ours", .mayPass, false),
    ("", "permit_mynetworks, check_policy_service unix:ours", .refuses, true),
    ("", "", .refuses, false), ("permit_mynetworks, reject", "permit", .mayPass, true),
    ("permit", "permit_mynetworks, reject_unauth_destination, permit", .mayPass, true),
    (
      "",
      "permit_mynetworks, reject_unknown_sender_domain, reject_unknown_recipient_domain, "
        + "reject_unauth_destination, reject_rbl_client bl.example, check_policy_service unix:theirs",
      .mayPass,
      true
    ),
    ("", "permit_mx_backup, reject_unauth_destination", .mayPass, false),
    ("", "permit_dnswl_client list.example, reject_unauth_destination", .mayPass, true),
    ("", "check_client_access mysql:/x, reject_unauth_destination", .mayPass, false),
    ("", "hash:/unread, reject_unauth_destination", .mayPass, false),
    ("defer_if_permit", "permit", .mayPass, true),
  ]

  @Test(arguments: hosts.indices)
  func `main.cf's own lists are followed`(index: Int) throws {
    let host = Self.hosts[index]
    let names = [ListName("smtpd_relay_restrictions"), ListName("smtpd_recipient_restrictions")]
    let reading = RestrictionLists.read(
      policies: zip(names, [host.relay, host.recipient]).map { (name: $0, items: [$1]) }, named: [],
      dialect: .mainCf(shorthand: .recipient))
    #expect(reading.faults == [])
    let scene = try PolicyScene([])
    let policy = MailPolicy(lists: reading.lists, domains: scene.policy.domains)
    let proof = policy.proveHostClosed(
      names.compactMap { reading.lists.policies[$0] }.filter {
        !$0.steps.isEmpty || host.relay == host.recipient
      },
      tables: TableSet(), services: OwnServices(answers: [PolicyEndpoint(path: "ours"): host.ours]))
    #expect((proof == .closed) == host.isClosed, "\(host)")
  }

  /// Whole lists as how-tos have them, each by its parameter; what isn't said here is empty.
  static let howTos: [[String: String]] = [
    // The chapter's, before the logins come in, and with everything in it.
    [
      "recipient": """
      permit_mynetworks, reject_unknown_sender_domain, reject_unknown_recipient_domain,
      reject_unauth_destination, check_policy_service unix:/var/spool/postfix/postgrey/socket
      """
    ],
    [
      "client": "check_client_access hash:/etc/postfix/access, \(blocklists)",
      "sender": "reject_non_fqdn_sender, reject_unknown_sender_domain",
      "recipient": """
      permit_mynetworks, permit_sasl_authenticated, reject_unknown_sender_domain,
      reject_unknown_recipient_domain, reject_unauth_destination, \(blocklists),
      check_policy_service unix:/var/spool/postfix/postgrey/socket
      """,
    ],
    // Postfix's own default, alone and before a recipient list that permits.
    ["relay": "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination"],
    [
      "relay": "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination",
      "recipient": "check_policy_service inet:127.0.0.1:10023, permit",
    ],
    // The mend of postfix.md's first pitfall, and a submission service's.
    ["relay": "permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination"],
    ["relay": "permit_sasl_authenticated, reject"],
  ]
  private static let blocklists = """
    reject_rbl_client cbl.abuseat.org, reject_rbl_client bl.spamcop.net,
    reject_rbl_client cblless.anti-spam.org.cn, reject_rbl_client sbl-xbl.spamhaus.org
    """

  @Test(arguments: howTos.indices)
  func `whole lists of how-tos are read, and let no stranger relay`(index: Int) throws {
    let lists = Self.howTos[index]
    func read(_ name: String, _ subject: AccessSubject) -> RestrictionLists {
      let reading = RestrictionLists.read(
        policies: [(ListName(name), [lists[name] ?? ""])], named: [], dialect: .mainCf(shorthand: subject))
      #expect(reading.faults == [], "\(name)")
      return reading.lists
    }
    for (name, subject) in [("client", AccessSubject.client), ("sender", .sender)] {
      let words = (lists[name] ?? "").split(separator: ",").count
      #expect(read(name, subject).policies[ListName(name)]?.steps.count == words)
    }
    let asked = ["relay", "recipient"].compactMap { read($0, .recipient).policies[ListName($0)] }
      .filter { !$0.steps.isEmpty }
    let scene = try PolicyScene([])
    let policy = MailPolicy(lists: read("recipient", .recipient), domains: scene.policy.domains)
    #expect(policy.proveHostClosed(asked, tables: TableSet(), services: OwnServices()) == .closed)
    // Each needs what it says about destinations.
    let opened = asked.map { list in
      RestrictionList(name: list.name, steps: list.steps.filter { !Self.keepsOut.contains($0.restriction) })
    }
    #expect(policy.proveHostClosed(opened, tables: TableSet(), services: OwnServices()) != .closed)
  }

  private static let keepsOut: [Restriction] = [.rejectUnauthDestination, .deferUnauthDestination, .reject]

  @Test func `a service that refuses strangers answers so`() throws {
    func answer(_ items: [String]) throws -> StrangerAnswer {
      let scene = try PolicyScene(items)
      let list = try #require(scene.policy.lists.policies[PolicyScene.list])
      return scene.policy.answerToStrangers(of: list, tables: scene.facts.tables)
    }
    #expect(try answer(["permit_mynetworks", "reject_unauth_destination"]) == .refuses)
    #expect(try answer(["permit_mynetworks", "check_greylist"]) == .mayPass)
    #expect(try answer(["permit"]) == .mayPass)
  }

  // MARK: Never asked

  @Test(arguments: [
    (["permit_mynetworks, reject, permit", "check_greylist"], ["permit", "check_greylist"]),
    (["permit", "reject"], ["reject"]), (["warn_if_reject reject", "permit_mynetworks"], []),
    (["strict", "permit"], ["permit"]), (["warn_if_reject strict", "permit"], []),
    (["defer_if_permit, defer_if_reject", "reject"], ["reject"]), (["soft", "defer_if_permit", "x"], ["x"]),
    (["reject_unauth_destination"], []),
  ])
  func `what is never asked is named`(items: [String], never: [String]) throws {
    let scene = try PolicyScene(
      items, lists: ["strict": ["defer"], "soft": ["defer_if_reject"], "x": ["permit_mynetworks"]])
    let list = try #require(scene.policy.lists.policies[PolicyScene.list])
    #expect(scene.policy.unreachable(in: list).map { "\($0.restriction)" } == never)
  }
}
