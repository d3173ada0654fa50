import MailTypes
import Testing

@testable import Policy

/// `facts/postfix.md` §2.1, §2.2: what the DNS has to know of a domain, a HELO name and a client.
struct UnknownDomainTests {
  /// What the DNS says of b.example, and the answers for it as a sender's and as a recipient's domain.
  static let domains: [(dns: [String], sender: String, recipient: String)] = [
    (["b.example MX mail.b.example"], "DUNNO", "DUNNO"), (["b.example A 192.0.2.1"], "DUNNO", "DUNNO"),
    (["b.example AAAA 2001:db8::1"], "DUNNO", "DUNNO"),
    (["b.example MX SERVFAIL", "b.example A 192.0.2.1"], "DUNNO", "DUNNO"),
    (["b.example MX 192.0.2.1"], "DUNNO", "DUNNO"),
    ([], "450 4.1.8 Domain not found", "450 4.1.2 Domain not found"),
    (
      ["b.example MX NODATA", "b.example A NODATA"], "450 4.1.8 Domain not found",
      "450 4.1.2 Domain not found"
    ),
    (
      ["b.example MX SERVFAIL"], "DEFER_IF_PERMIT 4.1.8 Domain not found",
      "DEFER_IF_PERMIT 4.1.2 Domain not found"
    ),
    (
      ["b.example AAAA SERVFAIL"], "DEFER_IF_PERMIT 4.1.8 Domain not found",
      "DEFER_IF_PERMIT 4.1.2 Domain not found"
    ),
    (
      ["b.example MX .", "b.example A 192.0.2.1"],
      "550 5.7.27 Domain b.example does not accept mail (nullMX)",
      "556 5.1.10 Domain b.example does not accept mail (nullMX)"
    ),
    (
      ["b.example MX a_b-.example", "b.example A 192.0.2.1"], "450 4.1.8 Malformed DNS server reply",
      "450 4.1.2 Malformed DNS server reply"
    ),
    (["b.example MX a_b-.example mail.example"], "DUNNO", "DUNNO"),
  ]

  @Test(arguments: domains)
  func `a domain is looked up`(dns: [String], sender: String, recipient: String) throws {
    let ofSender = try PolicyScene(["reject_unknown_sender_domain"])
    #expect(try ofSender.answer(["sender": "a@b.example"], dns: dns) == sender)
    let ofRecipient = try PolicyScene(["reject_unknown_recipient_domain"])
    #expect(try ofRecipient.answer(["recipient": "a@B.example."], dns: dns) == recipient)
  }

  /// A domain of this host isn't looked up, nor what the DNS has nothing to do with.
  @Test(arguments: [
    ("", true), ("u", true), ("u@lab.example", true), ("u@alias.test", true), ("u@box.test", true),
    ("u@[192.0.2.1]", true), ("u@[bogus]", true), ("u@relay.test", false), ("u@host", false),
    ("u@192.0.2.1", false), ("u@a..b", false), ("u@sub.lab.example", false), ("u@exämple.test", false),
  ])
  func `not every address has a domain to look up`(address: String, passes: Bool) throws {
    let scene = try PolicyScene(["reject_unknown_sender_domain"])
    let expected = passes ? "DUNNO" : "450 4.1.8 Domain not found"
    #expect(try scene.answer(["sender": address], dns: []) == expected)
  }

  @Test func `letters beyond ASCII are looked up as the DNS has them`() throws {
    let scene = try PolicyScene(["reject_unknown_sender_domain"])
    #expect(try scene.answer(["sender": "u@exämple.test"], dns: ["xn--exmple-cua.test MX m.test"]) == "DUNNO")
  }

  @Test func `all three types are asked at once`() throws {
    let scene = try PolicyScene(["reject_unknown_sender_domain"])
    guard case .waiting(let lookups) = try scene.evaluate() else { throw PolicyScene.Undecided() }
    #expect(lookups.count == 3)
  }

  @Test func `a later refusal for good goes before trouble, and not before what isn't there`() throws {
    let scene = try PolicyScene(["reject_unknown_sender_domain", "reject_unauth_destination"])
    let elsewhere = ["recipient": "u@other.test"]
    #expect(try scene.answer(elsewhere, dns: ["b.example MX SERVFAIL"]) == "554 5.7.1 Relay access denied")
    #expect(try scene.answer(elsewhere, dns: []) == "450 4.1.8 Domain not found")
  }

  @Test func `codes and actions for trouble are Postfix's parameters`() throws {
    func scene(_ changes: [(String, String)]) throws -> PolicyScene {
      try PolicyScene(["reject_unknown_sender_domain", "reject_unknown_helo_hostname", "reject"]) { policy in
        for (name, value) in changes { try policy.parameters.set(name, to: value) }
      }
    }
    let trouble = ["b.example MX SERVFAIL"]
    #expect(
      try scene([("unknown_address_reject_code", "550")]).answer(dns: []) == "550 5.1.8 Domain not found")
    #expect(try scene([("unknown_address_reject_code", "550")]).answer(dns: trouble).hasPrefix("450 4.7.1"))
    for name in ["reject_tempfail_action", "unknown_address_tempfail_action"] {
      #expect(try scene([(name, "defer")]).answer(dns: trouble) == "450 4.1.8 Domain not found")
    }
    #expect(
      try scene([("reject_tempfail_action", "defer"), ("unknown_address_tempfail_action", "defer_if_permit")])
        .answer(dns: trouble + ["mx.example A 192.0.2.1"]) == "554 5.7.1 Access denied")
    #expect(throws: PolicyParameters.Fault.self) { try scene([("reject_tempfail_action", "permit")]) }
  }

  // MARK: HELO

  @Test(arguments: [
    ("mx.example", ["mx.example A 192.0.2.1"], "DUNNO"), ("mx.example", ["mx.example AAAA ::1"], "DUNNO"),
    ("mx.example", ["mx.example MX m.example"], "DUNNO"), ("mx.example", ["mx.example MX ."], "DUNNO"),
    ("mx.example", ["mx.example A SERVFAIL", "mx.example MX m.example"], "DUNNO"),
    ("mx.example", ["mx.example A SERVFAIL", "mx.example MX ."], "DEFER_IF_PERMIT 4.7.1 Host not found"),
    ("mx.example", ["mx.example AAAA SERVFAIL"], "DEFER_IF_PERMIT 4.7.1 Host not found"),
    ("mx.example", ["mx.example MX a-.b"], "450 4.7.1 Malformed DNS server reply"),
    ("mx.example", [], "450 4.7.1 Host not found"),
    ("good.test.", ["good.test AAAA ::1"], "450 4.7.1 Host not found"),
    ("host", [], "450 4.7.1 Host not found"), ("192.0.2.1", [], "450 4.7.1 Host not found"),
    ("a..b", [], "450 4.7.1 Host not found"), ("[bogus]", [], "501 5.5.2 invalid ip address"),
    ("[192.0.2.1]", [], "DUNNO"), ("", [], "DUNNO"),
  ])
  func `a HELO name is looked up`(helo: String, dns: [String], answer: String) throws {
    let scene = try PolicyScene(["reject_unknown_helo_hostname"])
    #expect(try scene.answer(["helo_name": helo], dns: dns) == answer)
  }

  @Test func `the first answer that says yes is enough for a HELO name`() throws {
    var scene = try PolicyScene(["reject_unknown_helo_hostname"])
    let name = try #require(DomainName("mx.example"))
    scene.facts.dns[DNSQuestion(name, .a)] = .records([.address(.v4(1))])
    #expect(try scene.answer() == "DUNNO")
  }
}
