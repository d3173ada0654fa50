import MailTypes
import Testing

@testable import Policy

/// RFC 6647's recommendations (sections 2.2 to 5), as far as they are the decision's and not the configuration's.
struct RFC6647Tests {
  private let rules = GreylistRules()
  private let day: Int64 = 86_400

  @Test func `the delay lies between a minute and a day`() {
    #expect((60...day).contains(rules.delay))
  }

  @Test func `a second try may come a day later at least`() {
    #expect(rules.retryWindow >= day)
  }

  @Test func `a known client is remembered for a week without mail at least`() {
    #expect(rules.maxAge >= 7 * day)
    let record = TripletRecord(first: 0, last: 1000)
    #expect(!GreylistExpiry(now: 1000 + 7 * day, rules: rules).covers(record))
  }

  @Test func `the refusal is temporary, has an enhanced code and says why`() throws {
    let reply = try Self.reply(to: RequestText.request())
    #expect(reply.hasPrefix("action=DEFER_IF_PERMIT 4.2.0 Greylisted, "))
  }

  @Test func `network, sender and recipient make the key`() throws {
    let key = try Self.key(["client_address": "192.0.2.1", "sender": "a@b", "recipient": "c@d"])
    for change in [
      ["client_address": "192.0.3.1", "sender": "a@b", "recipient": "c@d"],
      ["client_address": "192.0.2.1", "sender": "x@b", "recipient": "c@d"],
      ["client_address": "192.0.2.1", "sender": "a@b", "recipient": "x@d"],
    ] {
      #expect(try Self.key(change) != key)
    }
    #expect(try Self.key(["client_address": "192.0.2.9", "sender": "a@b", "recipient": "c@d"]) == key)
  }

  @Test func `IPv6 clients are known by their network`() throws {
    #expect(
      try Self.key(["client_address": "2001:db8:1:2::1"])
        == Self.key(["client_address": "2001:db8:1:2:ffff::1"]))
    #expect(
      try Self.key(["client_address": "2001:db8:1:2::1"])
        != Self.key(["client_address": "2001:db8:1:3::1"]))
  }

  @Test func `submissions of users are not greylisted`() throws {
    #expect(try Self.reply(to: RequestText.request(["sasl_method": "plain"])) == "action=DUNNO\n\n")
  }

  @Test func `hosts and networks can be exempt`() throws {
    var greylist = Greylist(rules: rules)
    #expect(greylist.clients.read(Array("198.51.100.0/24\nmx.example".utf8), name: "f") == [])
    #expect(try Self.reply(to: RequestText.request(), greylist) == "action=DUNNO\n\n")
    let other = try RequestText.request(["client_address": "198.51.100.4", "client_name": "unknown"])
    #expect(try Self.reply(to: other, greylist) == "action=DUNNO\n\n")
  }

  private static func key(_ changes: [String: String?]) throws -> TripletKey? {
    guard
      case .needs(let keys, _) = Greylist(rules: GreylistRules()).open(try RequestText.request(changes))
    else { return nil }
    return keys.triplet
  }

  /// The answer to a client that nobody knows.
  private static func reply(
    to request: PolicyRequest, _ greylist: Greylist = Greylist(rules: GreylistRules())
  ) throws -> String {
    let action: PolicyAction
    switch greylist.open(request) {
    case .decided(let decision): action = decision.action
    case .needs(_, let attempt):
      var instances = RecentInstances()
      action =
        greylist.decide(
          attempt, GreylistRecords(), now: WallTime(seconds: 1_700_000_000), instances: &instances
        ).action
    }
    return PolicyReply(action).bytes.repairedText
  }
}
