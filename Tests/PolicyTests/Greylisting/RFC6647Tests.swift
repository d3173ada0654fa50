import MailTypes
import Testing

@testable import Policy

/// RFC 6647's recommendations (sections 2.2 to 5), a test each.
///
/// Not ours, because others decide it:
/// - *only after RCPT, for the null sender at DATA*: Postfix asks when main.cf says so. A list under
///   `smtpd_recipient_restrictions` is asked at RCPT; what would be asked at DATA is a listener of its own.
/// - *local submissions*: they pass by `permit_mynetworks` before `check_greylist`, as classic.rehearsal shows.
/// - *exempt by a DNS whitelist*: a permit of the list before `check_greylist`, nothing of the greylist's own.
/// - *several servers share their state*: a store is one host's. Nothing but `TripletStore` would have to be another.
/// - *the key without the sender*: then one mail of a network would let in all others; after some successes
///   `auto_whitelist_clients` does that for the one client.
struct RFC6647Tests {
  private let rules = GreylistRules()
  private let day: Int64 = 86_400

  @Test func `the refusal is temporary and has an enhanced code`() throws {
    #expect(try Self.reply(to: RequestText.request()).hasPrefix("action=DEFER_IF_PERMIT 4.2.0 "))
  }

  @Test func `the delay lies between a minute and a day, and is five minutes`() {
    #expect((60...day).contains(rules.delay) && rules.delay == 300)
  }

  @Test(arguments: [3600, 2 * 86_400, 4 * 86_400] as [Int64])
  func `the retry window can be chosen`(window: Int64) throws {
    var rules = rules
    rules.retryWindow = window
    let waiting = GreylistRecords(triplet: TripletRecord(first: 0, last: 0))
    for (now, isInTime) in [(window, true), (window + 1, false)] {
      let reply = try Self.reply(to: RequestText.request(), Greylist(rules: rules), waiting, at: now)
      #expect(reply.hasPrefix("action=PREPEND") == isInTime, "\(now)")
    }
    #expect(self.rules.retryWindow >= day, "by default a second try may come a day later at least")
  }

  @Test func `a known client is remembered for a week without mail, and for a month`() {
    let record = TripletRecord(first: 0, last: 1000)
    for days in [7, 31] as [Int64] {
      #expect(!GreylistExpiry(now: 1000 + days * day, rules: rules).covers(record), "\(days)")
      #expect(
        !GreylistExpiry(now: 1000 + days * day, rules: rules).covers(ClientRecord(count: 1, last: 1000)))
    }
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

  @Test func `the sender's local part can be left out, once his network has come back`() throws {
    var scene = PoolScene()
    #expect(
      try scene.reasons([
        PoolScene.Try(0, "192.0.2.1", sender: "a@b.example"),
        PoolScene.Try(600, "192.0.2.1", sender: "a@b.example"),
        PoolScene.Try(601, "192.0.2.1", sender: "z@b.example"),
      ]) == [.new, .tripletFound, .knownNetwork])
  }

  @Test func `submissions of users are not greylisted`() throws {
    #expect(try Self.reply(to: RequestText.request(["sasl_method": "plain"])) == "action=DUNNO\n\n")
  }

  @Test func `hosts, networks and domains can be exempt`() throws {
    var greylist = Greylist(rules: rules)
    #expect(
      greylist.clients.read(Array("198.51.100.0/24\n203.0.113.5\nfriend.example".utf8), name: "f") == [])
    for (address, name, isExempt) in [
      ("198.51.100.4", "unknown", true), ("203.0.113.5", "unknown", true), ("203.0.113.6", "unknown", false),
      ("192.0.2.1", "mx.friend.example", true), ("192.0.2.1", "mx.foe.example", false),
    ] {
      let request = try RequestText.request(["client_address": address, "client_name": name])
      #expect(
        try Self.reply(to: request, greylist).hasPrefix("action=DUNNO") == isExempt, "\(address) \(name)")
    }
  }

  @Test func `IPv6 clients are known by their network`() throws {
    #expect(
      try Self.key(["client_address": "2001:db8:1:2::1"])
        == Self.key(["client_address": "2001:db8:1:2:ffff::1"]))
    #expect(
      try Self.key(["client_address": "2001:db8:1:2::1"])
        != Self.key(["client_address": "2001:db8:1:3::1"]))
  }

  /// Who never came back is told by what is kept: a triplet that waits still (`postern greylist unconfirmed`).
  @Test func `what is put off, passes and never comes back is logged and counted`() throws {
    var scene = PoolScene()
    let answers = [
      try scene.attempt(at: 0, from: "192.0.2.1", "a.one.example"),
      try scene.attempt(at: 400, from: "192.0.2.1", "a.one.example"),
      try scene.attempt(at: 500, from: "192.0.2.1", "a.one.example", to: "v@lab.example"),
    ]
    #expect(answers.map(\.reason) == [.new, .tripletFound, .new])
    let logged = answers.flatMap(\.log).map { String($0.prefix { $0 != "," }) }
    #expect(logged == ["action=greylist", "action=pass", "action=greylist"])
    #expect(answers[1].log[0].hasPrefix("action=pass, reason=triplet found, delay=400, "))
    let known = scene.store.triplets(after: nil, most: 10)
    #expect(known.filter { !$0.record.hasPassed(delay: rules.delay) }.count == 1)
  }

  @Test func `the text says why, and how long where it is asked to`() throws {
    #expect(
      try Self.reply(to: RequestText.request())
        .hasSuffix("Greylisted, see http://postgrey.schweikert.ch/help/lab.example.html\n\n"))
    var rules = rules
    rules.wording.text = Array("Greylisted, come again in %s seconds".utf8)
    let waiting = GreylistRecords(triplet: TripletRecord(first: 900, last: 900))
    #expect(
      try Self.reply(to: RequestText.request(), Greylist(rules: rules), waiting, at: 1000)
        .hasSuffix("Greylisted, come again in 200 seconds\n\n"))
  }

  private static func key(_ changes: [String: String?]) throws -> TripletKey? {
    guard
      case .needs(let keys, _) = Greylist(rules: GreylistRules()).open(try RequestText.request(changes))
    else { return nil }
    return keys.triplet
  }

  /// The answer to a client of whom no more is known than `records`.
  private static func reply(
    to request: PolicyRequest, _ greylist: Greylist = Greylist(rules: GreylistRules()),
    _ records: GreylistRecords = GreylistRecords(), at now: Int64 = 1_700_000_000
  ) throws -> String {
    let action: PolicyAction
    switch greylist.open(request) {
    case .decided(let decision): action = decision.action
    case .needs(_, let attempt):
      var instances = RecentInstances()
      action =
        greylist.decide(attempt, records, now: WallTime(seconds: now), instances: &instances).action
    }
    return PolicyReply(action).bytes.repairedText
  }
}
