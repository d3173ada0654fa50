import MailTypes
import Testing

@testable import Policy

struct TripletPartsTests {
  @Test(
    arguments: [
      ("192.0.2.1", "a@b.example", "u@lab"), ("192.0.2.1", "", "u@lab"),
      ("2001:db8::1", "a/b@c.example", "u@lab"),
      ("192.0.2.1", "a@b.example", "x/y@lab"), ("192.0.2.1", "", "x/y@lab"),
      ("192.0.2.1", "nodomain", "u@lab"),
      ("192.0.2.1", "a@b.example", "u"), ("192.0.2.1", "", ""),
    ], [GreylistRules.Lookup.host, .subnet(v4: 24, v6: 64)])
  func `a key is taken apart where it was put together`(
    triplet: (client: String, sender: String, recipient: String), lookup: GreylistRules.Lookup
  ) throws {
    var rules = GreylistRules()
    rules.lookup = lookup
    let address = try #require(IPAddress(triplet.client))
    let parts = try #require(TripletParts(try Self.key(triplet, by: rules), by: rules))
    #expect(parts.network == GreylistKeys.network(of: address, by: lookup))
    #expect(parts.sender.repairedText == triplet.sender)
    #expect(parts.recipient.repairedText == triplet.recipient)
  }

  @Test func `a hashed key, or one of another form, is none`() throws {
    var rules = GreylistRules()
    #expect(TripletParts(TripletKey(bytes: Array("192.0.2.0".utf8)), by: rules) == nil)
    #expect(TripletParts(TripletKey(bytes: Array("192.0.2.0/a@b".utf8)), by: rules) == nil)
    rules.keyForm = .hashed
    #expect(TripletParts(try Self.key(("192.0.2.1", "a@b", "u@lab"), by: rules), by: rules) == nil)
  }

  private static let filters: [(client: String?, sender: String?, recipient: String?, isMatch: Bool)] = [
    (nil, nil, nil, true), ("192.0.2.200", nil, nil, true), ("192.0.3.1", nil, nil, false),
    ("::ffff:192.0.2.9", nil, nil, true), (nil, "News+7@b.example", nil, true),
    (nil, "ews@b.example", nil, false), (nil, "b.example", nil, true), (nil, "B.EXAMPLE", nil, true),
    (nil, ".example", nil, false), (nil, "", nil, false), (nil, "lab.example", nil, false),
    (nil, nil, "u@lab.example", true), (nil, nil, "U@Lab.example", true), (nil, nil, "lab.example", true),
    (nil, nil, "example", false), (nil, nil, "b.example", false),
    ("192.0.2.1", "news@b.example", "lab.example", true), ("192.0.2.1", "news@b.example", "x@lab", false),
  ]

  @Test(arguments: filters.indices) func `a filter takes what it names`(index: Int) throws {
    let rules = GreylistRules()
    let (client, sender, recipient, isMatch) = Self.filters[index]
    let filter = TripletFilter(
      client: client.flatMap { IPAddress($0) }, sender: sender.map { Array($0.utf8) },
      recipient: recipient.map { Array($0.utf8) }, by: rules)
    let key = try Self.key(("192.0.2.77", "news+1@b.example", "u@lab.example"), by: rules)
    #expect(filter.matches(key) == isMatch, "\(Self.filters[index])")
  }

  @Test func `the sender of bounces is one, too`() throws {
    let rules = GreylistRules()
    let filter = TripletFilter(client: nil, sender: [], recipient: nil, by: rules)
    #expect(filter.matches(try Self.key(("192.0.2.77", "", "u@lab.example"), by: rules)))
  }

  private static func key(
    _ triplet: (client: String, sender: String, recipient: String), by rules: GreylistRules
  ) throws -> TripletKey {
    GreylistKeys(
      client: try #require(IPAddress(triplet.client)), sender: MailAddress(triplet.sender),
      recipient: MailAddress(triplet.recipient), by: rules
    ).triplet
  }
}
