import MailTypes
import Testing

@testable import Policy

/// What the recordings don't show: where we differ from postgrey, and the shape of the two steps.
struct GreylistTests {
  @Test(arguments: ["unknown", "", "192.0.2", "fe80::1%eth0", "localhost"])
  func `a client without an address is let pass, and the log says so`(address: String) throws {
    let greylist = Greylist(rules: GreylistRules())
    guard case .decided(let decision) = greylist.open(try RequestText.request(["client_address": address]))
    else { return #expect(Bool(false), "the store isn't needed") }
    #expect(decision.action == .dunno)
    #expect(decision.writes.isEmpty)
    #expect(
      decision.log.map { $0.text.repairedText } == ["can't parse client_address from postfix: \(address)"])
    #expect(decision.log.map(\.level) == [.complaint])
  }

  @Test(arguments: [
    ("plain", "alice", true), ("XCLIENT", "alice", true), ("", "alice", false), ("ANONYMOUS", "x", false),
    ("anonymous", "", false), ("", "", false),
  ])
  func `who is logged in is never greylisted`(method: String, login: String, passes: Bool) throws {
    let request = try RequestText.request(["sasl_method": method, "sasl_username": login])
    switch Greylist(rules: GreylistRules()).open(request) {
    case .needs: #expect(!passes)
    case .decided(let decision):
      #expect(passes && decision.action == .dunno && decision.writes.isEmpty)
      #expect(
        decision.log.map { $0.text.repairedText } == [
          "action=pass, reason=authenticated, client_name=mx.example, client_address=192.0.2.77, "
            + "sender=a@b.example, recipient=u@lab.example"
        ])
    }
  }

  @Test func `a mapped address is greylisted as the IPv4 address that it is`() throws {
    let greylist = Greylist(rules: GreylistRules())
    #expect(
      try Self.keys(greylist, ["client_address": "::ffff:192.0.2.1"])
        == Self.keys(greylist, ["client_address": "192.0.2.1"]))
  }

  @Test func `garbage is logged as postgrey logs it, and doesn't matter`() throws {
    let long = String(repeating: "x", count: 200)
    let frame = Array("gar%bage\n\(long)\n".utf8) + RequestText.frame(RequestText.usual())
    let decision = try Self.decide(Greylist(rules: GreylistRules()), RequestText.request(frame), at: 1000)
    #expect(
      decision.log.map { $0.text.repairedText }.prefix(2) == [
        "ignoring garbage: <gar%%bage>", "ignoring garbage: <\(long.prefix(100))>",
      ])
    #expect(decision.log.map(\.level) == [.event, .event, .action])
    let flood = Array(String(repeating: "x\n", count: 1000).utf8) + RequestText.frame(RequestText.usual())
    #expect(
      try Self.decide(Greylist(rules: GreylistRules()), RequestText.request(flood), at: 1000).log.count == 11)
  }

  @Test func `policy_test_time is an unknown attribute like any other`() throws {
    let frame = RequestText.frame(RequestText.usual() + [("policy_test_time", "1")])
    let decision = try Self.decide(Greylist(rules: GreylistRules()), RequestText.request(frame), at: 1000)
    #expect(decision.writes.triplet?.record == TripletRecord(first: 1000, last: 1000))
  }

  @Test func `only a value's first 512 bytes count, as there, so that keys are bounded`() throws {
    let greylist = Greylist(rules: GreylistRules())
    let long = String(repeating: "x", count: 511)
    let changes = [long + "a", long + "ab", long + "b"].map {
      ["sender": $0, "recipient": $0, "client_name": $0]
    }
    let keys = try changes.map { try Self.keys(greylist, $0) }
    #expect(keys[0] == keys[1] && keys[0] != keys[2])
    #expect(keys[1]?.triplet.bytes.count == "192.0.2.0//".utf8.count + 1024)
    let decision = try Self.decide(greylist, RequestText.request(changes[1]), at: 1000)
    #expect(
      decision.log.map(\.text.count) == [
        "action=greylist, reason=new, client_name=, client_address=192.0.2.77, sender=, recipient=".utf8.count
          + 1536
      ])
  }

  @Test func `a header that says nothing is left out`() throws {
    var rules = GreylistRules()
    rules.wording.header = [0x20]
    let known = GreylistRecords(triplet: TripletRecord(first: 0, last: 0))
    let decision = try Self.decide(Greylist(rules: rules), RequestText.request(), known, at: 1000)
    #expect(decision.action == .dunno)
  }

  @Test func `the header has the local date`() throws {
    let known = GreylistRecords(triplet: TripletRecord(first: 999_600, last: 999_600))
    let greylist = Greylist(rules: GreylistRules())
    guard case .needs(_, let attempt) = greylist.open(try RequestText.request()) else { return }
    var instances = RecentInstances()
    let now = WallTime(seconds: 1_000_000, offset: 3600, zone: "CET")
    let decision = greylist.decide(attempt, known, now: now, instances: &instances)
    #expect(
      PolicyReply(decision.action).bytes
        == Array(
          "action=PREPEND X-Greylist: delayed 400 seconds by postgrey-1.37 at localhost; Mon, 12 Jan 1970 14:46:40 CET\n\n"
            .utf8))
  }

  @Test(arguments: [
    (nil, true), (TripletRecord(first: 900, last: 950), true), (TripletRecord(first: 0, last: 10), false),
    (TripletRecord(first: 0, last: 500), false),
  ])
  func `only a client that is put off waits for its triplet to be safe`(
    record: TripletRecord?, isAwaited: Bool
  ) throws {
    let decision = try Self.decide(
      Greylist(rules: GreylistRules()), RequestText.request(), GreylistRecords(triplet: record), at: 1000)
    #expect(decision.writes.triplet?.isAwaited == isAwaited)
  }

  @Test func `without a delay nobody waits`() throws {
    var rules = GreylistRules()
    rules.delay = -5
    let decision = try Self.decide(Greylist(rules: rules), RequestText.request(), at: 1000)
    #expect(decision.log.map(\.level) == [.action])
    #expect(decision.writes.triplet?.isAwaited == false)
  }

  @Test(arguments: [
    ("a@b", "a@b"), ("prvs=0123456789=user@c.example", "user@c.example"), ("list-12-x+34@c", "list-#-x@c"),
    ("12@34", "#@34"), ("", ""), ("a12", "a12"), ("1+@b", "#@b"),
  ])
  func `senders are folded`(sender: String, folded: String) {
    var key: [UInt8] = []
    MailAddress(sender).appendFolded(to: &key)
    #expect(key == Array(folded.utf8))
  }

  @Test func `the last ten messages are remembered`() {
    var instances = RecentInstances()
    let names = (0..<11).map { Array("i\($0)".utf8)[...] }
    #expect(names.map { instances.isNew($0) } == Array(repeating: true, count: 11))
    #expect(names.dropFirst().map { instances.isNew($0) } == Array(repeating: false, count: 10))
    #expect([names[0], nil, nil].map { instances.isNew($0) } == [true, true, true])
  }

  private static func keys(_ greylist: Greylist, _ changes: [String: String?]) throws -> GreylistKeys? {
    guard case .needs(let keys, _) = greylist.open(try RequestText.request(changes)) else { return nil }
    return keys
  }

  private static func decide(
    _ greylist: Greylist, _ request: PolicyRequest, _ records: GreylistRecords = GreylistRecords(),
    at now: Int64
  ) throws -> GreylistDecision {
    guard case .needs(_, let attempt) = greylist.open(request) else {
      throw RequestText.NoRequest(frame: "decided without the store")
    }
    var instances = RecentInstances()
    return greylist.decide(attempt, records, now: WallTime(seconds: now), instances: &instances)
  }
}
