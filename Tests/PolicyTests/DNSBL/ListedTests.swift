import MailTypes
import Testing

@testable import Policy

/// `facts/postfix.md` §2.7: what a list in the DNS does to a request.
struct ListedTests {
  typealias Case = (restriction: String, request: [String: String?], dns: [String], answer: String)

  private static let address = "77.2.0.192.bl.example"
  private static let usual =
    "554 5.7.1 Service unavailable; Client host [192.0.2.77] blocked using bl.example"

  static let addresses: [Case] = [
    ("reject_rbl_client bl.example", [:], [], "DUNNO"),
    ("reject_rbl_client bl.example", [:], ["\(address) A 127.0.0.2"], usual),
    (
      "reject_rbl_client bl.example", [:], ["\(address) A 127.0.0.2", "\(address) TXT see x"],
      usual + "; see x"
    ),
    (
      "reject_rbl bl.example", [:], ["\(address) A 127.0.0.2", "\(address) TXT see x|and y"],
      usual + "; see x / and y"
    ),
    ("reject_rbl_client bl.example", [:], ["\(address) A 127.0.0.2", "\(address) TXT SERVFAIL"], usual),
    ("reject_rbl_client bl.example", [:], ["\(address) A SERVFAIL", "\(address) TXT see x"], "DUNNO"),
    ("reject_rbl_client bl.example", [:], ["\(address) A NODATA"], "DUNNO"),
    ("reject_rbl_client bl.example", [:], ["\(address) A 127.255.255.254"], "DUNNO"),
    ("reject_rbl_client bl.example", [:], ["\(address) A 203.0.113.9"], "DUNNO"),
    ("reject_rbl_client bl.example=127.0.0.[2..11]", [:], ["\(address) A 127.0.0.12"], "DUNNO"),
    ("reject_rbl_client bl.example=127.0.0.[2;11]", [:], ["\(address) A 127.0.0.4 127.0.0.11"], usual),
    (
      "reject_rbl_client bl.example", ["client_address": "::ffff:192.0.2.77"], ["\(address) A 127.0.0.2"],
      usual
    ),
    (
      "reject_rbl_client bl.example", ["client_address": "2001:db8::a"],
      ["a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.bl.example A 127.0.0.2"],
      "554 5.7.1 Service unavailable; Client host [2001:db8::a] blocked using bl.example"
    ),
    ("reject_rbl_client bl.example", ["client_address": "unknown"], [], "DUNNO"),
    (
      "reject_rbl_client abcdefghij0123456789.bl.example", [:],
      ["77.2.0.192.abcdefghij0123456789.bl.example A 127.0.0.2"], usual
    ),
    ("warn_if_reject reject_rbl_client bl.example", [:], ["\(address) A 127.0.0.2"], "DUNNO"),
  ]

  private static let listed = ["mx.example.bl.example A 127.0.0.2", "b.example.bl.example A 127.0.0.2"]

  static let domains: [Case] = [
    (
      "reject_rhsbl_client bl.example", [:], listed,
      "554 5.7.1 Service unavailable; Client host [mx.example] blocked using bl.example"
    ),
    (
      "reject_rhsbl_reverse_client bl.example", [:], listed,
      "554 5.7.1 Service unavailable; Unverified Client host [mx.example] blocked using bl.example"
    ),
    (
      "reject_rhsbl_helo bl.example", [:], listed,
      "554 5.7.1 Service unavailable; Helo command [mx.example] blocked using bl.example"
    ),
    (
      "reject_rhsbl_sender bl.example", ["sender": "A@B.example"], listed,
      "554 5.7.1 Service unavailable; Sender address [A@B.example] blocked using bl.example"
    ),
    (
      "reject_rhsbl_recipient bl.example", ["recipient": "u@b.example"], listed,
      "554 5.7.1 Service unavailable; Recipient address [u@b.example] blocked using bl.example"
    ),
    ("reject_rhsbl_sender bl.example", ["sender": "a@sub.b.example"], listed, "DUNNO"),
    ("reject_rhsbl_sender bl.example", ["sender": ""], listed, "DUNNO"),
    (
      "reject_rhsbl_sender bl.example", ["sender": "a@[192.0.2.1]"], ["[192.0.2.1].bl.example A 127.0.0.2"],
      "DUNNO"
    ),
    ("reject_rhsbl_sender bl.example", ["sender": "a@x.7"], ["x.7.bl.example A 127.0.0.2"], "DUNNO"),
    ("reject_rhsbl_sender bl.example", ["sender": "a@7"], ["7.bl.example A 127.0.0.2"], "DUNNO"),
    ("reject_rhsbl_sender bl.example", ["sender": "a@x-.y"], ["x-.y.bl.example A 127.0.0.2"], "DUNNO"),
    (
      "reject_rhsbl_sender bl.example", ["sender": "a@exämple.test"],
      ["xn--exmple-cua.test.bl.example A 127.0.0.2"],
      "554 5.7.1 Service unavailable; Sender address [a@ex__mple.test] blocked using bl.example"
    ),
    (
      "reject_rhsbl_client bl.example", ["client_name": "unknown"], ["unknown.bl.example A 127.0.0.2"],
      "DUNNO"
    ),
    (
      "reject_rhsbl_reverse_client bl.example", ["reverse_client_name": "unknown"],
      ["unknown.bl.example A 127.0.0.2"], "DUNNO"
    ),
    ("reject_rhsbl_helo bl.example", ["helo_name": ""], listed, "DUNNO"),
    ("reject_rhsbl_helo bl.example", [:], ["mx.example.bl.example A SERVFAIL"], "DUNNO"),
  ]

  static let permits: [Case] = [
    ("permit_dnswl_client bl.example, reject", [:], ["\(address) A 127.0.0.2"], "DUNNO"),
    ("permit_dnswl_client bl.example, reject", [:], [], "554 5.7.1 Access denied"),
    (
      "permit_dnswl_client bl.example=127.0.0.3, reject", [:], ["\(address) A 127.0.0.2"],
      "554 5.7.1 Access denied"
    ),
    (
      "permit_dnswl_client bl.example, reject", [:], ["\(address) A 127.255.255.254"],
      "554 5.7.1 Access denied"
    ),
    (
      "permit_dnswl_client bl.example, reject", [:], ["\(address) A SERVFAIL"],
      "450 4.7.1 Service unavailable"
    ),
    (
      "permit_dnswl_client bl.example", [:], ["\(address) A SERVFAIL"],
      "DEFER_IF_REJECT 4.7.1 Service unavailable"
    ),
    (
      "permit_dnswl_client bl.example, reject", ["recipient": "u@other.test"], ["\(address) A 127.0.0.2"],
      "554 5.7.1 Access denied"
    ),
    (
      "permit_dnswl_client bl.example, reject", ["recipient": "u@other.test"], ["\(address) A SERVFAIL"],
      "554 5.7.1 Access denied"
    ),
    (
      "permit_dnswl_client bl.example, reject", ["protocol_state": "DATA", "recipient": ""],
      ["\(address) A 127.0.0.2"], "DUNNO"
    ),
    ("permit_rhswl_client bl.example, reject", [:], listed, "DUNNO"),
    ("permit_rhswl_client bl.example, reject", ["client_name": "unknown"], listed, "554 5.7.1 Access denied"),
    (
      "permit_rhswl_client bl.example, reject", ["recipient": "u@other.test"], listed,
      "554 5.7.1 Access denied"
    ),
  ]

  static let cases = ["addresses": addresses, "domains": domains, "permits": permits]

  @Test(arguments: cases.keys.sorted())
  func `a list in the DNS answers as Postfix's does`(kind: String) throws {
    for (restriction, request, dns, answer) in try #require(Self.cases[kind]) {
      let given = try PolicyScene([restriction]).answer(request, dns: dns)
      #expect(given == answer, "\(restriction) for \(request) with \(dns)")
    }
  }

  // MARK: Replies

  @Test(arguments: [
    (
      "554 5.7.0 $rbl_class $rbl_what: $rbl_reason$rbl_txt$nothing",
      "554 5.7.0 Client host 192.0.2.77: whywhy"
    ),
    ("$rbl_code no", "554 5.7.1 no"), ("421 4.7.0 go away", "421 4.7.0 go away"),
    ("550 4.3.2", "550 5.3.2 Service unavailable"),
    ("no code", "450 4.7.1 Service unavailable"), ("250 fine", "450 4.7.1 Service unavailable"),
    ("55x no", "450 4.7.1 Service unavailable"), ("554no", "450 4.7.1 Service unavailable"),
    (
      "554 $client $client_address $client_name $client_port $reverse_client_name $helo_name",
      "554 5.7.1 mx.example[192.0.2.77] 192.0.2.77 mx.example 4711 mx.example mx.example"
    ),
    ("554 $sender $sender_name $sender_domain", "554 5.7.1 a@b.example a b.example"),
    ("554 $recipient $recipient_name $recipient_domain", "554 5.7.1 u@lab.example u lab.example"),
  ])
  func `a template makes the reply`(template: String, reply: String) throws {
    let scene = try PolicyScene(["reject_rbl_client bl.example"]) {
      try $0.parameters.set("default_rbl_reply", to: template)
    }
    #expect(try scene.answer(dns: ["\(Self.address) A 127.0.0.2", "\(Self.address) TXT why"]) == reply)
  }

  @Test func `the null sender has a name and no domain`() throws {
    let scene = try PolicyScene(["reject_rbl_client bl.example"]) {
      try $0.parameters.set("default_rbl_reply", to: "554 $sender $sender_name [$sender_domain]")
    }
    #expect(try scene.answer(["sender": ""], dns: ["\(Self.address) A 127.0.0.2"]) == "554 5.7.1 <> <> []")
  }

  @Test(arguments: [
    ("bl.example=127.0.0.2", "bl.example=127.0.0.2 554 one\nbl.example 554 two", "554 5.7.1 one"),
    ("bl.example=127.0.0.2", "bl.example 554 two", "554 5.7.1 two"),
    ("bl.example", "bl.example=127.0.0.2 554 three", usual), ("bl.example", "bl.example 554 $", usual),
  ])
  func `a list may have a template of its own`(zone: String, rows: String, reply: String) throws {
    let table = "texthash:/replies"
    let scene = try PolicyScene(["reject_rbl_client \(zone)"], tables: [table: rows]) {
      try $0.parameters.set("rbl_reply_maps", to: table)
    }
    #expect(try scene.answer(dns: ["\(Self.address) A 127.0.0.2"]) == reply)
  }

  @Test func `a table of replies that can't be asked defers`() throws {
    var scene = try PolicyScene(["warn_if_reject reject_rbl_client bl.example"]) {
      try $0.parameters.set("rbl_reply_maps", to: "texthash:/replies")
    }
    scene.facts.tables = TableSet()
    #expect(try scene.answer(dns: ["\(Self.address) A 127.0.0.2"]) == "451 4.3.5 Server configuration error")
  }

  @Test func `a key in a zone's name is shown nowhere`() throws {
    let key = "abcdefghij0123456789"
    let scene = try PolicyScene([
      "reject_rbl_client \(key).bl.example=127.0.0.2",
      "check_helo_access inline:{{mx.example=reject_rbl_client \(key).bl.example}}",
    ])
    let decision = try scene.decide(dns: ["77.2.0.192.\(key).bl.example A 127.0.0.3"])
    let trace = decision.trace.map(\.description)
    #expect(!trace.joined().contains(key), "\(trace)")
    #expect(
      trace[1]
        == "check_helo_access inline:{{mx.example=reject_rbl_client bl.example}}: goes through "
        + "(inline:{{mx.example=reject_rbl_client bl.example}}: mx.example → reject_rbl_client bl.example)")
    #expect(
      decision.trace.first?.description
        == "reject_rbl_client bl.example=127.0.0.2: no opinion (bl.example: listed with another code: 127.0.0.3)"
    )
    guard case .refused(let refusal) = decision.verdict else { throw PolicyScene.Undecided() }
    #expect(!refusal.description.contains(key))
  }

  // MARK: Facts

  @Test func `a list that is set aside has no opinion, and isn't asked`() throws {
    var scene = try PolicyScene(["permit_dnswl_client bl.example", "reject_rbl_client bl.example"])
    scene.facts.zonesAside = [try #require(DomainName("bl.example")): .listsEverything]
    let decision = try scene.decide()
    #expect(decision.action == .dunno)
    #expect(
      decision.trace.last?.description
        == "reject_rbl_client bl.example: no opinion (bl.example: set aside: \(ZoneTrouble.listsEverything))")
  }

  /// Nobody knows whether he is on it: as where it gives no answer.
  @Test(arguments: [ZoneTrouble.isDead, .isOutOfReach])
  func `a list of the good that is set aside for its silence puts a refusal off`(_ trouble: ZoneTrouble)
    throws
  {
    var scene = try PolicyScene(["permit_dnswl_client wl.example", "reject"])
    scene.facts.zonesAside = [try #require(DomainName("wl.example")): trouble]
    #expect(try scene.answer() == "450 4.7.1 Service unavailable")
    scene.facts.zonesAside = [try #require(DomainName("wl.example")): .listsEverything]
    #expect(try scene.answer() == "554 5.7.1 Access denied")
  }

  @Test func `TXT is asked only about what is listed`() throws {
    var scene = try PolicyScene(["reject_rbl_client bl.example"])
    let name = try #require(DomainName(Self.address))
    #expect(try scene.evaluate() == .waiting(for: [.dns(DNSQuestion(name, .a))]))
    scene.facts.dns[DNSQuestion(name, .a)] = .records([.address(.v4(0x7F00_0002))])
    #expect(try scene.evaluate() == .waiting(for: [.dns(DNSQuestion(name, .txt))]))
    scene.isLate = true
    #expect(try scene.answer() == Self.usual)
  }

  @Test(arguments: [
    ("$rbl_code no", false), ("554 ${rbl_class?$rbl_what}", false), ("554 $rbl_txt", true),
    ("554 ${rbl_reason?see it}", true), ("554 ${client:${helo_name?{$rbl_reason}:{no}}}", true),
  ])
  func `TXT is asked only for a reply with a reason in it`(template: String, asks: Bool) throws {
    var scene = try PolicyScene(["reject_rbl_client bl.example"]) {
      try $0.parameters.set("default_rbl_reply", to: template)
    }
    let name = try #require(DomainName(Self.address))
    scene.facts.dns[DNSQuestion(name, .a)] = .records([.address(.v4(0x7F00_0002))])
    guard case .waiting(let lookups) = try scene.evaluate() else { return #expect(!asks) }
    #expect(asks && lookups == [.dns(DNSQuestion(name, .txt))])
  }

  @Test func `without an answer in time a list has no opinion`() throws {
    var scene = try PolicyScene(["reject_rbl_client bl.example", "permit_dnswl_client wl.example"])
    scene.isLate = true
    #expect(try scene.answer() == "DEFER_IF_REJECT 4.7.1 Service unavailable")
    #expect(
      try scene.decide().trace[0].description
        == "reject_rbl_client bl.example: no opinion (bl.example: no answer in time)")
  }
}
