import MailTypes
import Testing

@testable import Policy

/// `check_…_{ns,mx,a}_access`, as `facts/postfix.md` §2.5 has them.
struct ServerAccessTests {
  private static let table =
    "inline:{{bad.example=REJECT name}, {192.0.2=REJECT address}, {2001:db8=REJECT six}, {ok.example=DUNNO}, {open.example=OK}}"

  typealias Case = (restriction: String, request: [String: String?], dns: [String], answer: String)
  private static let name = "554 5.7.1 name"
  private static let address = "554 5.7.1 address"

  static let cases: [Case] = [
    ("check_sender_mx_access", [:], ["b.example MX mx.bad.example"], name),
    ("check_sender_mx_access", [:], ["b.example MX good.example", "good.example A 192.0.2.9"], address),
    (
      "check_sender_mx_access", [:], ["b.example MX good.example", "good.example AAAA 2001:db8::1"],
      "554 5.7.1 six"
    ),
    ("check_sender_mx_access", [:], ["b.example MX 192.0.2.9"], address),
    (
      "check_sender_mx_access", [:],
      ["b.example MX mx.ok.example mx.bad.example", "mx.ok.example A 192.0.2.9"], "DUNNO"
    ),
    (
      "check_sender_mx_access", [:], ["b.example MX one.example mx.bad.example", "one.example A 192.0.2.9"],
      address
    ),
    (
      "check_sender_mx_access", [:], ["b.example MX one.example mx.bad.example", "one.example A SERVFAIL"],
      name
    ),
    ("check_sender_mx_access", [:], ["b.example MX NODATA", "b.example A 192.0.2.9"], address),
    ("check_sender_mx_access", ["sender": "a@bad.example"], [], name),
    ("check_sender_mx_access", [:], ["b.example MX .", "b.example A 192.0.2.9"], "DUNNO"),
    ("check_sender_mx_access", [:], ["b.example MX SERVFAIL", "b.example A 192.0.2.9"], "DUNNO"),
    ("check_sender_mx_access", ["sender": "a@[192.0.2.9]"], [], address),
    ("check_sender_mx_access", ["sender": "a@[IPv6:2001:db8::1]"], [], "554 5.7.1 six"),
    ("check_sender_mx_access", ["sender": "a@[bogus]"], [], "DUNNO"),
    ("check_sender_mx_access", ["sender": ""], [], "DUNNO"),
    ("check_sender_mx_access", [:], ["b.example MX mx.open.example"], "451 4.3.5 Server configuration error"),
    ("check_sender_a_access", [:], ["b.example A 192.0.2.9", "b.example MX mx.bad.example"], address),
    ("check_sender_a_access", ["sender": "a@bad.example"], [], "DUNNO"),
    ("check_sender_a_access", [:], ["b.example A SERVFAIL"], "DUNNO"),
    ("check_sender_ns_access", [:], ["b.example NS ns.bad.example"], name),
    ("check_sender_ns_access", ["sender": "a@x.y.b.example"], ["b.example NS ns.bad.example"], name),
    (
      "check_sender_ns_access", ["sender": "a@x.b.example"],
      ["x.b.example NS SERVFAIL", "b.example NS ns.bad.example"], "DUNNO"
    ),
    (
      "check_sender_ns_access", ["sender": "a@x.b.example"],
      ["x.b.example NS good.example", "b.example NS ns.bad.example"], "DUNNO"
    ),
    ("check_sender_ns_access", ["sender": "a@[192.0.2.9]"], [], "DUNNO"),
    ("check_recipient_mx_access", ["recipient": "u@b.example"], ["b.example MX mx.bad.example"], name),
    ("check_helo_mx_access", [:], ["mx.example MX mx.bad.example"], name),
    ("check_helo_a_access", ["helo_name": "192.0.2.9"], [], address),
    ("check_helo_a_access", ["helo_name": "[192.0.2.9]"], [], address),
    ("check_helo_ns_access", ["helo_name": "192.0.2.9"], [], "DUNNO"),
    ("check_helo_a_access", ["helo_name": ""], [], "DUNNO"),
    ("check_client_mx_access", [:], ["mx.example MX mx.bad.example"], name),
    ("check_client_mx_access", ["client_name": "unknown"], ["unknown MX mx.bad.example"], "DUNNO"),
    ("check_client_a_access", [:], ["mx.example A 192.0.2.9"], address),
    ("check_reverse_client_hostname_ns_access", [:], ["example NS ns.bad.example"], name),
    ("check_reverse_client_hostname_mx_access", ["reverse_client_name": "unknown"], [], "DUNNO"),
  ]

  @Test func `servers are looked up by name, then by address`() throws {
    for (restriction, request, dns, answer) in Self.cases {
      let given = try PolicyScene(["\(restriction) \(Self.table)"]).answer(request, dns: dns)
      #expect(given == answer, "\(restriction) for \(request) with \(dns)")
    }
  }

  @Test func `the servers' addresses are all asked at once`() throws {
    var scene = try PolicyScene(["check_sender_mx_access \(Self.table)"])
    let domain = DNSQuestion(try #require(DomainName("b.example")), .mx)
    #expect(try scene.evaluate() == .waiting(for: [.dns(domain)]))
    scene.facts.dns[domain] = .records(
      try ["one.example", "two.example"].map { .exchanger(try #require(DomainName($0)), preference: 10) })
    guard case .waiting(let lookups) = try scene.evaluate() else { throw PolicyScene.Undecided() }
    #expect(lookups.count == 4)
  }

  @Test func `so many servers and addresses are looked at, and no more`() throws {
    let servers = (0..<30).map { "s\($0).example" }
    let scene = try PolicyScene(["check_sender_mx_access inline:{{s25.example=REJECT}}"])
    #expect(try scene.answer(dns: ["b.example MX " + servers.joined(separator: " ")]) == "DUNNO")
    let addresses = (0..<150).map { "203.0.113.\($0)" }.joined(separator: " ")
    let bounded = try PolicyScene([
      "check_sender_a_access inline:{{203.0.113.99=REJECT}, {203.0.113.100=DISCARD}}"
    ])
    #expect(try bounded.answer(dns: ["b.example A \(addresses)"]) == "554 5.7.1 Access denied")
    let beyond = try PolicyScene(["check_sender_a_access inline:{{203.0.113.100=REJECT}}"])
    #expect(try beyond.answer(dns: ["b.example A \(addresses)"]) == "DUNNO")
  }

  @Test func `a table that can't be asked defers, and trouble with the DNS is told`() throws {
    var scene = try PolicyScene(["check_sender_mx_access cidr:/x"])
    let decision = try scene.decide(dns: ["b.example MX SERVFAIL"])
    #expect(
      decision.trace.map(\.description) == [
        "check_sender_mx_access cidr:/x: no opinion (b.example MX: server failure)"
      ])
    scene.facts.tables = TableSet()
    #expect(try scene.answer(dns: ["b.example MX m.example"]) == "451 4.3.5 Server configuration error")
  }
}
