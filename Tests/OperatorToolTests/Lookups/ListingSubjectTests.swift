import MailTypes
import Policy
import TestKit
import Testing

@testable import OperatorTool

struct ListingSubjectTests {
  @Test(arguments: [
    ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("2001:DB8::0:1", "2001:db8::1"),
    ("Spam.Example.", "spam.example"), ("x", "x"), ("1.2.3", "1.2.3"),
  ])
  func `addresses and names are taken as they are meant`(text: String, meant: String) {
    #expect(ListingSubject(text)?.description == meant)
  }

  @Test(arguments: ["", ".", "a..b", String(repeating: "a", count: 64) + ".example"])
  func `anything else is refused`(text: String) {
    #expect(ListingSubject(text) == nil)
  }

  @Test func `a zone is asked only about what it lists`() throws {
    let addresses = try ConsultedZone.asked(by: "reject_rbl_client ip.example")
    let domains = try ConsultedZone.asked(by: "reject_rhsbl_sender rhs.example")
    let address = try #require(ListingSubject("192.0.2.7"))
    let domain = try #require(ListingSubject("spam.example"))
    let six = try #require(ListingSubject("2001:db8::1"))
    #expect(address.name(in: addresses)?.description == "7.2.0.192.ip.example")
    #expect(address.name(in: domains) == nil)
    #expect(domain.name(in: addresses) == nil)
    #expect(domain.name(in: domains)?.description == "spam.example.rhs.example")
    #expect(
      six.name(in: addresses)?.description
        == "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip.example")
  }

  @Test func `of this host's own addresses those count that others see, each once`() {
    let addresses = [
      "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.32.0.1", "192.168.1.1", "100.64.9.9", "169.254.1.1",
      "192.0.2.7", "::ffff:192.0.2.7", "::1", "fe80::1", "fe80::1%eth0", "fd00::1", "2001:db8::5",
      "garbage.example",
    ]
    #expect(ListingSubject.own(addresses).map(\.description) == ["172.32.0.1", "192.0.2.7", "2001:db8::5"])
  }
}
