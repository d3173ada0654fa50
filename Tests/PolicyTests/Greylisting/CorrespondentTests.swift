import MailTypes
import Testing

@testable import Policy

struct CorrespondentTests {
  private static let day: Int64 = 86_400

  private static var rules: GreylistRules {
    var rules = GreylistRules()
    rules.correspondents = 60 * day
    return rules
  }

  @Test(arguments: [
    // Who wrote to whom, who answers whom.
    ("alice@lab.example", "bob@far.example", "bob@far.example", "alice@lab.example", true),
    ("Alice@LAB.example", "bob@far.example", "BOB@far.Example", "alice@lab.example", true),
    // As in a triplet, what changes from mail to mail doesn't count, on both sides.
    ("alice+shop@lab.example", "bob@far.example", "bob@far.example", "alice@lab.example", true),
    ("alice@lab.example", "bob@far.example", "bob+list@far.example", "alice+shop@lab.example", true),
    ("alice@lab.example", "bob@far.example", "prvs=1234567890=bob@far.example", "alice@lab.example", true),
    ("alice@lab.example", "bob@far.example", "carol@far.example", "alice@lab.example", false),
    ("alice@lab.example", "bob@far.example", "bob@mail.far.example", "alice@lab.example", false),
    ("alice@lab.example", "bob@far.example", "bob@far.example", "dave@lab.example", false),
    ("alice@lab.example", "bob@far.example", "alice@lab.example", "bob@far.example", false),
    ("alice@lab.example", "bob@far.example", "", "alice@lab.example", false),
  ])
  func `an answer is known by both addresses`(
    from: String, to: String, sender: String, recipient: String, isKnown: Bool
  ) throws {
    let noted = try #require(try Self.note(from, to, Self.rules))
    let key = CorrespondenceKey(
      local: MailAddress(recipient), correspondent: MailAddress(sender), by: Self.rules)
    #expect((noted.key == key) == isKnown)
  }

  @Test(arguments: [
    ("alice@lab.example", "bob@far.example", "bob@far.example", "alice@lab.example", true),
    ("alice@lab.example", "bob@far.example", "carol+1@FAR.example", "Alice@lab.example", true),
    ("alice@lab.example", "bob@far.example", "bob@mail.far.example", "alice@lab.example", false),
    ("alice@lab.example", "bob@far.example", "bob@notfar.example", "alice@lab.example", false),
    ("alice@lab.example", "bob@far.example", "bob@far.example", "dave@lab.example", false),
    ("alice@lab.example", "bob@far.example", "", "alice@lab.example", false),
    ("alice@lab.example", "bob@far.example", "bob", "alice@lab.example", false),
  ])
  func `by domain everybody there may answer, and only whom one of them was written by`(
    from: String, to: String, sender: String, recipient: String, isKnown: Bool
  ) throws {
    let noted = try #require(try Self.note(from, to, Self.byDomain))
    let key = CorrespondenceKey(
      local: MailAddress(recipient), correspondent: MailAddress(sender), by: Self.byDomain)
    #expect((noted.key == key) == isKnown)
    #expect(noted.key != (try Self.note(from, to, Self.rules))?.key, "the two forms are apart")
  }

  /// Or whoever forged a colleague's address would pass.
  @Test(arguments: [("alice@lab.example", "bob@lab.example"), ("alice@lab.example", "bob@LAB.example")])
  func `by domain a colleague is nobody's correspondent`(from: String, to: String) throws {
    #expect(try Self.note(from, to, Self.byDomain) == nil)
    #expect(try Self.note(from, to, Self.rules) != nil)
    #expect(try Self.note(from, "bob@", Self.byDomain) == nil)
  }

  private static var byDomain: GreylistRules {
    var rules = rules
    rules.correspondentsBy = .domain
    return rules
  }

  @Test(arguments: [
    ("", "bob@far.example"), ("alice@lab.example", ""), ("alice", "bob@far.example"),
    ("alice@lab.example", "bob"), ("alice@lab.example", "alice@lab.example"),
    ("alice@lab.example", "Alice+notes@lab.example"),
  ])
  func `who waits for no answer is not noted`(from: String, to: String) throws {
    #expect(try Self.note(from, to, Self.rules) == nil)
  }

  @Test func `nothing is noted and nothing asked for when they are off, as under postgrey's flags`() throws {
    #expect(try Self.note("alice@lab.example", "bob@far.example", GreylistRules()) == nil)
    #expect(Self.keys(GreylistRules()).correspondence == nil)
    #expect(Self.keys(Self.rules).correspondence != nil)
    let off = try Self.decide(GreylistRecords(correspondence: 999), at: 1000, by: GreylistRules())
    #expect(off.reason == .new)
  }

  @Test func `keys of different pairs differ, whatever is in the addresses, and are hashed where all are`() {
    func key(_ local: String, _ other: String, _ rules: GreylistRules) -> [UInt8]? {
      CorrespondenceKey(local: MailAddress(local), correspondent: MailAddress(other), by: rules)?.bytes
    }
    #expect(key("a@b.c", "d@e.f/g@h.i", Self.rules) != key("a@b.c/d@e.f", "g@h.i", Self.rules))
    var hashed = Self.rules
    hashed.keyForm = .hashed
    #expect(key("a@b.example", "c@d.example", hashed)?.count == 40)
    #expect(key("a@b.example", "c@d.example", Self.rules) == Array("a@b.example\nc@d.example".utf8))
  }

  @Test(arguments: [
    (0, true), (59, true), (60, true), (61, false), (-1, true),
  ])
  func `he passes at once for so many days, and leaves no trace`(days: Int64, passes: Bool) throws {
    let now = 1000 * Self.day
    let decision = try Self.decide(
      GreylistRecords(correspondence: now - days * Self.day), at: now, by: Self.rules)
    #expect(decision.reason == (passes ? .correspondent : .new))
    if passes {
      #expect(decision.action == .dunno && decision.writes.isEmpty)
      #expect(
        decision.log.map { $0.text.repairedText } == [
          "action=pass, reason=correspondent, client_name=mx.example, client_address=192.0.2.77, "
            + "sender=a@b.example, recipient=u@lab.example"
        ])
    }
  }

  @Test func `a stranger waits, and a triplet that has passed is what it is`() throws {
    #expect(try Self.decide(GreylistRecords(), at: 1000, by: Self.rules).reason == .new)
    let known = GreylistRecords(triplet: TripletRecord(first: 1000, last: 1400), correspondence: 1400)
    let decision = try Self.decide(known, at: 1500, by: Self.rules)
    #expect(decision.reason == .tripletFound && decision.writes.triplet?.record.last == 1500)
    let waiting = GreylistRecords(triplet: TripletRecord(first: 1000, last: 1000), correspondence: 1001)
    #expect(try Self.decide(waiting, at: 1002, by: Self.rules).reason == .correspondent)
  }

  private static func note(
    _ sender: String, _ recipient: String, _ rules: GreylistRules
  ) throws -> CorrespondenceWrite? {
    let request = try RequestText.request(["sender": sender, "recipient": recipient])
    return Correspondence(outgoing: request, by: rules, now: WallTime(seconds: 17))?.write
  }

  private static func keys(_ rules: GreylistRules) -> GreylistKeys {
    GreylistKeys(
      client: .v4(0), sender: MailAddress("a@b.example"), recipient: MailAddress("u@lab.example"), by: rules)
  }

  private static func decide(
    _ records: GreylistRecords, at now: Int64, by rules: GreylistRules
  ) throws -> GreylistDecision {
    let greylist = Greylist(rules: rules)
    guard case .needs(_, let attempt) = greylist.open(try RequestText.request()) else { throw Decided() }
    var instances = RecentInstances()
    return greylist.decide(attempt, records, now: WallTime(seconds: now), instances: &instances)
  }

  private struct Decided: Error {}
}
