import MailTypes
import Testing

@testable import Policy

/// What counts as listed: nothing that a list of today wouldn't say.
struct ZoneAnswerTests {
  @Test(arguments: [
    ("bl.example", "127.0.0.2", "listed: 127.0.0.2"),
    ("bl.example", "127.1.2.3 127.0.0.4", "listed: 127.1.2.3 127.0.0.4"),
    ("bl.example=127.0.0.2", "127.0.0.3 127.0.0.2", "listed: 127.0.0.3 127.0.0.2"),
    ("bl.example=127.0.0.2", "127.0.0.3", "listed with another code: 127.0.0.3"),
    ("bl.example", "192.0.2.1", "not counted: 192.0.2.1 is no code of a list"),
    ("bl.example=192.0.2.1", "192.0.2.1", "not counted: 192.0.2.1 is no code of a list"),
    ("bl.example", "127.255.255.254", "not counted: 127.255.255.254 is no code of a list"),
    ("bl.example=127.255.255.254", "127.255.255.254", "not counted: 127.255.255.254 is no code of a list"),
    ("bl.example", "127.255.255.252 192.0.2.1 127.0.0.2", "listed: 127.0.0.2"),
    ("list.dnswl.org", "127.0.0.255", "not counted: 127.0.0.255 is no code of a list"),
    ("key.list.dnswl.org", "127.0.0.255", "not counted: 127.0.0.255 is no code of a list"),
    ("bl.example", "127.0.0.255", "listed: 127.0.0.255"),
    ("dbl.spamhaus.org", "127.0.1.255", "not counted: 127.0.1.255 is no code of a list"),
    ("dbl.spamhaus.org", "127.0.1.2", "listed: 127.0.1.2"),
    ("bl.example", "127.255.254.255", "listed: 127.255.254.255"),
    ("bl.example", "2001:db8::1", "not counted: 2001:db8::1 is no code of a list"),
  ])
  func `an answer is listed only with a code`(zone: String, addresses: String, says: String) throws {
    let zone = try #require(ListedZone(zone))
    let answer = DNSAnswer.records(
      try addresses.split(separator: " ").map { .address(try #require(IPAddress(String($0)))) })
    #expect(ZoneAnswer(answer, of: zone).description == says)
  }

  @Test(arguments: [
    (DNSAnswer.noName, "not listed"), (.noRecords, "not listed"), (.failed(.timeout), "no answer in time"),
    (.records([.text([0x61])]), "not counted:  is no code of a list"),
  ])
  func `what is no address lists nothing`(answer: DNSAnswer, says: String) throws {
    #expect(ZoneAnswer(answer, of: try #require(ListedZone("bl.example"))).description == says)
  }

  @Test func `ten thousand records make no longer line`() throws {
    let answer = DNSAnswer.records((0..<10_000).map { .address(.v4(0x7F00_0000 | UInt32($0))) })
    #expect(ZoneAnswer(answer, of: try #require(ListedZone("bl.example"))).description.count < 150)
  }
}
