import MailTypes
import Testing

@testable import Policy

/// Checklist item 36: Postfix says only *unknown*; whether that is for good is asked again.
struct UnknownClientTests {
  private static let pointer = "77.2.0.192.in-addr.arpa PTR"
  private static let none = "450 4.7.25 cannot find your hostname, [192.0.2.77]"
  private static let forGood = "550 5.7.25 cannot find your hostname, [192.0.2.77]"

  private static func answer(_ restriction: String, _ request: [String: String?], _ dns: [String]) throws
    -> String
  {
    try PolicyScene([restriction]) { try $0.parameters.set("unknown_client_reject_code", to: "550") }
      .answer(request, dns: dns)
  }

  @Test(arguments: [
    ([], forGood), (["\(pointer) NODATA"], forGood), (["\(pointer) SERVFAIL"], none),
    (["\(pointer) mx.example", "mx.example A 192.0.2.77"], "DUNNO"),
    (["\(pointer) other.example mx.example", "mx.example A 192.0.2.1 192.0.2.77"], "DUNNO"),
    (["\(pointer) mx.example", "mx.example A 192.0.2.1"], forGood), (["\(pointer) mx.example"], forGood),
    (["\(pointer) mx.example", "mx.example A SERVFAIL"], none),
    (["\(pointer) mx.example", "mx.example AAAA ::ffff:192.0.2.77"], forGood),
    (["\(pointer) 192.0.2.77"], forGood), (["\(pointer) a-.example", "a-.example A 192.0.2.77"], forGood),
  ])
  func `a name that Postfix didn't find is looked for`(dns: [String], answer: String) throws {
    let request = ["client_name": "unknown", "reverse_client_name": "unknown"]
    #expect(try Self.answer("reject_unknown_client_hostname", request, dns) == answer)
  }

  @Test(arguments: [
    ([], forGood), (["r.example A SERVFAIL"], none), (["r.example A 192.0.2.77"], "DUNNO"),
    (["r.example A 192.0.2.78"], forGood),
  ])
  func `a reverse name that Postfix found is looked at alone`(dns: [String], answer: String) throws {
    let request = ["client_name": "unknown", "reverse_client_name": "r.example"]
    #expect(try Self.answer("reject_unknown_client_hostname", request, dns) == answer)
  }

  @Test(arguments: [
    ([], "550 5.7.1 cannot find your reverse hostname, [192.0.2.77]"),
    (["\(pointer) SERVFAIL"], "450 4.7.1 cannot find your reverse hostname, [192.0.2.77]"),
    (["\(pointer) any.example"], "DUNNO"),
  ])
  func `a reverse name needs no address`(dns: [String], answer: String) throws {
    let request = ["client_name": "unknown", "reverse_client_name": "unknown"]
    #expect(try Self.answer("reject_unknown_reverse_client_hostname", request, dns) == answer)
  }

  @Test func `an IPv6 client's name has AAAA records`() throws {
    let pointer = "a.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa PTR"
    let request = [
      "client_name": "unknown", "reverse_client_name": "unknown", "client_address": "2001:db8::a",
    ]
    let dns = ["\(pointer) mx.example", "mx.example AAAA 2001:db8::a"]
    #expect(try Self.answer("reject_unknown_client_hostname", request, dns) == "DUNNO")
  }

  @Test func `a client that has gone is deferred, and nothing is asked`() throws {
    let request = ["client_name": "unknown", "reverse_client_name": "unknown", "client_address": "unknown"]
    #expect(
      try Self.answer("reject_unknown_client_hostname", request, [])
        == "450 4.7.25 cannot find your hostname, [unknown]")
  }

  @Test func `a late answer is trouble, and trouble is deferred at once`() throws {
    var scene = try PolicyScene(["reject_unknown_client_hostname", "reject"])
    scene.isLate = true
    #expect(try scene.answer(["client_name": "unknown"]) == Self.none)
  }
}
