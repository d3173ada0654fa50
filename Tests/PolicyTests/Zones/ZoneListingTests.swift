import MailTypes
import Testing

@testable import Policy

struct ZoneListingTests {
  static let answers: [([String], Set<String>, ZoneTrouble?)] = [
    (["127.0.0.2"], ["127.0.0.2"], nil),
    (["127.0.0.2", "127.0.0.10"], ["127.0.0.2", "127.0.0.10"], nil),
    (["127.255.254.255"], ["127.255.254.255"], nil),
    (["127.255.255.252"], [], .refuses(.v4(0x7FFF_FFFC))),
    (["127.255.255.255"], [], .refuses(.v4(0x7FFF_FFFF))),
    (["127.255.255.0"], [], .refuses(.v4(0x7FFF_FF00))),
    (["192.0.2.1"], [], .answersOutside(.v4(0xC000_0201))),
    (["128.0.0.1"], [], .answersOutside(.v4(0x8000_0001))),
    (["127.0.0.2", "192.0.2.1"], ["127.0.0.2"], .answersOutside(.v4(0xC000_0201))),
  ]

  @Test(arguments: answers)
  func `only codes of 127.0.0.0/8 list, and no code of refusal`(
    answered: [String], codes: Set<String>, trouble: ZoneTrouble?
  ) throws {
    let records = try answered.map { DNSRecord.address(try #require(IPAddress($0))) }
    let listing = ZoneListing(.records(records), of: .root)
    #expect(Set(listing.codes.map(\.description)) == codes)
    #expect(listing.trouble == trouble)
    #expect(listing.isListed == !codes.isEmpty)
  }

  @Test(arguments: [
    DNSAnswer.noName, .noRecords, .failed(.timeout), .records([.text(Array("127.0.0.2".utf8))]),
  ])
  func `nothing else lists`(answer: DNSAnswer) {
    #expect(ZoneListing(answer, of: .root) == ZoneListing(.noName, of: .root))
  }
}
