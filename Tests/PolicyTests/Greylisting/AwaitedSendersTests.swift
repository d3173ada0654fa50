import MailTypes
import Testing

@testable import Policy

struct AwaitedSendersTests {
  @Test(arguments: [
    ("a@b.example", "a@b.example", true), ("A@B.example", "a@b.EXAMPLE", true),
    ("a@b.example", "x@b.example", false), ("a@b.example", "a@mail.b.example", false),
    // As in a triplet, what changes from mail to mail doesn't count.
    ("bounce-17@b.example", "bounce-18@b.example", true), ("a+17@b.example", "a@b.example", true),
    ("b.example", "a@b.example", true), ("b.example", "a@mail.b.example", true),
    ("@b.example", "x@B.example", true), ("b.example", "a@ab.example", false),
    ("b.example", "a@b.example.org", false), ("b.example", "", false), ("b.example", "b.example", false),
    ("a@b.example", "", false),
  ])
  func `a sender is awaited by his address or his domain`(awaited: String, sender: String, passes: Bool)
    throws
  {
    let entry = try Self.entry(awaited)
    #expect(entry.covers(sender: MailAddress(sender), recipient: MailAddress("u@lab"), now: 99) == passes)
  }

  @Test(arguments: [(0, true), (99, true), (100, false), (Int64.max, false)])
  func `until then he is, and not longer`(now: Int64, passes: Bool) throws {
    let entry = try Self.entry("b.example")
    #expect(
      entry.covers(sender: MailAddress("a@b.example"), recipient: MailAddress("u@lab"), now: now) == passes)
  }

  @Test(arguments: [("u@lab", true), ("U@Lab", true), ("v@lab", false), ("", false)])
  func `a recipient who waits gets it, and nobody else`(recipient: String, passes: Bool) throws {
    let entry = try Self.entry("b.example", recipient: "u@LAB")
    #expect(
      entry.covers(sender: MailAddress("a@b.example"), recipient: MailAddress(recipient), now: 0) == passes)
  }

  @Test(arguments: [
    ("", "u@lab"), ("@", "u@lab"), ("a@", "u@lab"), ("a b", "u@lab"), ("a\n", "u@lab"), ("b.example", ""),
    ("b.example", "u\u{7F}@lab"), (String(repeating: "a", count: 513), "u@lab"),
  ])
  func `what can't be an address or a domain isn't awaited`(sender: String, recipient: String) {
    #expect(
      AwaitedSender(sender: Array(sender.utf8), recipient: Array(recipient.utf8), until: 1) == nil)
  }

  @Test func `a new triplet of awaited mail passes at once, leaves no trace, and is counted`() throws {
    var greylist = Greylist(rules: GreylistRules())
    #expect(greylist.awaited.add(try Self.entry("b.example", until: 2000), now: 0))
    let passed = try Self.decide(greylist, at: 1999)
    #expect(passed.action == .dunno && passed.writes.isEmpty && passed.reason == .awaited)
    #expect(
      passed.log.map { $0.text.repairedText } == [
        "action=pass, reason=awaited, client_name=mx.example, client_address=192.0.2.77, "
          + "sender=a@b.example, recipient=u@lab.example"
      ])
    let late = try Self.decide(greylist, at: 2000)
    #expect(late.reason == .new && late.writes.triplet?.isAwaited == true)
  }

  @Test func `a triplet that has passed is what it is, awaited or not`() throws {
    var greylist = Greylist(rules: GreylistRules())
    #expect(greylist.awaited.add(try Self.entry("b.example", until: 2000), now: 0))
    let record = TripletRecord(first: 1000, last: 1400)
    let decision = try Self.decide(greylist, GreylistRecords(triplet: record), at: 1500)
    #expect(decision.reason == .tripletFound && decision.writes.triplet?.record.last == 1500)
  }

  private static func entry(
    _ sender: String, recipient: String? = nil, until: Int64 = 100
  ) throws -> AwaitedSender {
    try #require(
      AwaitedSender(sender: Array(sender.utf8), recipient: recipient.map { Array($0.utf8) }, until: until))
  }

  private static func decide(
    _ greylist: Greylist, _ records: GreylistRecords = GreylistRecords(), at now: Int64
  ) throws -> GreylistDecision {
    guard case .needs(_, let attempt) = greylist.open(try RequestText.request()) else {
      throw Decided()
    }
    var instances = RecentInstances()
    return greylist.decide(attempt, records, now: WallTime(seconds: now), instances: &instances)
  }

  private struct Decided: Error {}
}
