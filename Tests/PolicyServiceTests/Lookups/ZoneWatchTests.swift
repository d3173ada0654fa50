import DNS
import EventLoop
import MailTypes
import Policy
import TestKit
import Testing

@testable import PolicyService

/// Lists in the DNS that lie, die and come back.
@Suite(.timeLimit(.minutes(10)))
struct ZoneWatchTests {
  private let loop: EventLoop
  private let resolver: ScriptedResolver
  private let zone: DomainName

  init() throws {
    loop = try EventLoop()
    resolver = ScriptedResolver(on: loop)
    zone = try #require(DomainName("bl.example"))
    try set("2.0.0.127", Self.code("127.0.0.2"))
  }

  private static func code(_ text: String) -> DNSAnswer {
    .records(IPAddress(text).map { [.address($0)] } ?? [])
  }

  private func set(_ name: String, _ answer: DNSAnswer?) throws {
    resolver.answers[try Asker.question("\(name).bl.example")] = answer
  }

  /// The test entries of IPv6, which end in what 127.0.0.2 and 127.0.0.1 are there.
  private static let six = (
    listed: DomainName(reversed: .v6(0xFFFF_7F00_0002)).description,
    notListed: DomainName(reversed: .v6(0xFFFF_7F00_0001)).description
  )

  /// What the watch has told, in the log's order.
  private final class Diary {
    var entries: [String] = []
    func note(_ notice: PolicyNotice) {
      switch notice {
      case .zoneSetAside(let zone, let trouble): entries.append("\(zone) aside: \(trouble)")
      case .zoneTakenBack(let zone): entries.append("\(zone) back")
      case .nameServersSilent: entries.append("silence")
      case .nameServersAnswer: entries.append("answers")
      default: Issue.record("\(notice)")
      }
    }
  }

  private static let soon = {
    var pace = ZoneHealth.Pace()
    pace.round = .milliseconds(5)
    pace.firstRetry = .milliseconds(5)
    pace.longestRetry = .milliseconds(10)
    return pace
  }()

  private func watch(
    shown: String? = nil, forDomains: Bool = false, unprobed: Bool = false,
    pace: ZoneHealth.Pace = soon, _ diary: Diary
  ) throws -> ZoneWatch {
    let restriction = forDomains ? "reject_rhsbl_sender bl.example" : "reject_rbl_client bl.example"
    return ZoneWatch(
      [try ConsultedZone.asked(by: restriction, shownAs: shown)], unprobed: unprobed ? [zone] : [],
      pace: pace, resolver: resolver, loop: loop,
      log: { diary.note($0) })
  }

  // MARK: Probes

  @Test func `a sound zone is probed at the start and again, and nothing is said of it`() throws {
    let diary = Diary()
    let watch = try watch(diary)
    try loop.run("three rounds of four entries") { [resolver] in resolver.asked >= 12 }
    #expect(watch.aside.isEmpty && diary.entries.isEmpty)
    #expect(watch.states.map(\.shown) == ["bl.example"] && watch.states[0].trouble == nil)
    watch.close()
  }

  @Test(arguments: [false, true])
  func `a zone that starts to list the world is set aside, said once, and taken back`(six: Bool) throws {
    let diary = Diary()
    let watch = try watch(diary)
    try loop.run("the first round") { [resolver] in resolver.asked >= 4 }
    let entry = six ? Self.six.notListed : "1.0.0.127"
    try set(entry, Self.code("127.0.0.2"))
    try loop.run("it is set aside") { [zone] in watch.aside[zone] != nil }
    #expect(watch.states[0].trouble == .listsEverything)
    let asked = resolver.asked
    try loop.run("it is probed on") { [resolver] in resolver.asked >= asked + 12 }
    #expect(diary.entries == ["bl.example aside: \(ZoneTrouble.listsEverything)"])
    try set(entry, nil)
    try loop.run("it is taken back") { watch.aside.isEmpty }
    #expect(diary.entries.dropFirst() == ["bl.example back"])
    watch.close()
  }

  /// All that fails then is the zones' own fault no more.
  @Test func `that no name server answers is said once, and ends with the first answer`() throws {
    let diary = Diary()
    let entries = ["2.0.0.127", "1.0.0.127", Self.six.listed, Self.six.notListed]
    for entry in entries { try set(entry, .failed(.timeout)) }
    var pace = Self.soon
    // The probe that finds it well is none that was planned.
    pace.firstRetry = .seconds(3600)
    let watch = try watch(pace: pace, diary)
    try loop.run("it is set aside") { [zone] in watch.aside[zone] == .isOutOfReach }
    for entry in entries { try set(entry, nil) }
    try set("2.0.0.127", Self.code("127.0.0.2"))
    watch.note(try Asker.question("somebody.example"), .failed(.timeout))
    #expect(diary.entries == ["silence"])
    watch.note(try Asker.question("somebody.example"), .noName)
    try loop.run("it is taken back") { watch.aside.isEmpty }
    #expect(diary.entries == ["silence", "answers"])
    watch.close()
  }

  @Test func `a zone whose servers alone fail is dead`() throws {
    let diary = Diary()
    for entry in ["2.0.0.127", "1.0.0.127", Self.six.listed, Self.six.notListed] {
      try set(entry, .failed(.serverFailure))
    }
    let watch = try watch(diary)
    try loop.run("it is set aside") { [zone] in watch.aside[zone] != nil }
    #expect(diary.entries == ["bl.example aside: \(ZoneTrouble.isDead)"])
    watch.close()
  }

  private static let unsound: [(entry: String, answer: DNSAnswer?, trouble: ZoneTrouble)] = [
    ("2.0.0.127", nil, .hasNoTestEntry),
    ("2.0.0.127", code("127.255.255.254"), .refuses(.v4(0x7FFF_FFFE))),
    ("1.0.0.127", code("203.0.113.9"), .answersOutside(.v4(0xCB00_7109))),
    (six.listed, code("127.255.255.252"), .refuses(.v4(0x7FFF_FFFC))),
  ]

  @Test(arguments: unsound)
  func `a test entry that says something else is trouble`(
    entry: String, answer: DNSAnswer?, trouble: ZoneTrouble
  ) throws {
    let diary = Diary()
    try set(entry, answer)
    let watch = try watch(diary)
    try loop.run("it is set aside") { !watch.aside.isEmpty }
    #expect(watch.aside[zone] == trouble)
    #expect(diary.entries == ["bl.example aside: \(trouble)"])
    watch.close()
  }

  @Test func `a zone that says nothing at all is dead`() throws {
    let diary = Diary()
    for entry in ["2.0.0.127", "1.0.0.127", Self.six.listed, Self.six.notListed] {
      try set(entry, .failed(.timeout))
    }
    let watch = try watch(diary)
    // Others are heard, so that it isn't the resolver.
    watch.note(try Asker.question("somebody.example"), .noName)
    loop.schedule(after: .milliseconds(1)) { watch.note(DNSQuestion(.root, .ns), .noName) }
    try loop.run("it is set aside") { !watch.aside.isEmpty }
    #expect([.isDead, .isOutOfReach].contains(watch.states[0].trouble))
    watch.close()
  }

  @Test func `a list of domains has entries of its own`() throws {
    let diary = Diary()
    try set("2.0.0.127", nil)
    try set("test", Self.code("127.0.0.2"))
    let watch = try watch(forDomains: true, diary)
    try loop.run("two rounds of two entries") { [resolver] in resolver.asked >= 4 }
    #expect(diary.entries.isEmpty)
    try set("invalid", Self.code("127.0.0.2"))
    try loop.run("it is set aside") { !watch.aside.isEmpty }
    #expect(diary.entries == ["bl.example aside: \(ZoneTrouble.listsEverything)"])
    watch.close()
  }

  @Test func `its name for people is what is told`() throws {
    let diary = Diary()
    try set("2.0.0.127", nil)
    let watch = try watch(shown: "the paid list", diary)
    try loop.run("it is set aside") { !watch.aside.isEmpty }
    #expect(diary.entries == ["the paid list aside: \(ZoneTrouble.hasNoTestEntry)"])
    watch.close()
  }

  // MARK: Answers

  private static let refusal = code("127.255.255.254")

  @Test func `an answer that refuses us counts from the first on, and a probe takes the zone back`() throws {
    let diary = Diary()
    var pace = Self.soon
    pace.round = .seconds(3600)
    let watch = try watch(pace: pace, diary)
    try loop.run("the first round") { [resolver] in resolver.asked >= 4 }
    for name in ["77.2.0.192", "78.2.0.192"] {
      watch.note(try Asker.question("\(name).bl.example"), Self.refusal)
    }
    #expect(watch.aside[zone] == .refuses(.v4(0x7FFF_FFFE)))
    #expect(diary.entries.count == 1)
    try loop.run("it is taken back") { watch.aside.isEmpty }
    #expect(diary.entries.dropFirst() == ["bl.example back"])
    watch.close()
  }

  @Test func `a list without test entries is taken back, too, when it has healed`() throws {
    let diary = Diary()
    try set("2.0.0.127", nil)
    try set("1.0.0.127", Self.refusal)
    let watch = try watch(unprobed: true, diary)
    watch.note(try Asker.question("77.2.0.192.bl.example"), Self.refusal)
    try loop.run("it is looked at and stays aside") { [resolver] in resolver.asked >= 4 }
    #expect(diary.entries.count == 1 && watch.aside[zone] != nil)
    try set("1.0.0.127", nil)
    try loop.run("it is taken back") { watch.aside.isEmpty }
    let asked = resolver.asked
    watch.note(try Asker.question("77.2.0.192.bl.example"), .noName)
    try loop.run("nobody asks it for more") { true }
    #expect(resolver.asked == asked && diary.entries.count == 2)
    watch.close()
  }

  @Test func `without trouble a list without test entries is never probed`() throws {
    let diary = Diary()
    let watch = try watch(unprobed: true, diary)
    watch.note(try Asker.question("77.2.0.192.bl.example"), Self.code("127.0.0.2"))
    try loop.run("what is due at once") { true }
    #expect(resolver.asked == 0 && watch.aside.isEmpty)
    watch.close()
  }

  @Test func `questions in a row without an answer make it be probed at once`() throws {
    let diary = Diary()
    var pace = Self.soon
    pace.round = .seconds(3600)
    let watch = try watch(pace: pace, diary)
    try loop.run("the first round") { [resolver] in resolver.asked >= 4 }
    for entry in ["2.0.0.127", "1.0.0.127", Self.six.listed, Self.six.notListed] {
      try set(entry, .failed(.serverFailure))
    }
    func fail(_ times: Int) throws {
      for _ in 0..<times {
        watch.note(try Asker.question("77.2.0.192.bl.example"), .failed(.timeout))
      }
    }
    try fail(ZoneHealth.mostFailures - 1)
    watch.note(try Asker.question("1.2.0.192.bl.example"), .noName)
    try fail(ZoneHealth.mostFailures - 1)
    try loop.run("nothing yet") { true }
    #expect(resolver.asked == 4)
    try fail(1)
    try loop.run("it is set aside") { !watch.aside.isEmpty }
    #expect(diary.entries == ["bl.example aside: \(ZoneTrouble.isDead)"])
    watch.close()
  }

  @Test func `what is asked of others is no matter to a zone`() throws {
    let diary = Diary()
    let watch = try watch(unprobed: true, diary)
    watch.note(try Asker.question("bl.example.other.example"), Self.refusal)
    watch.note(try Asker.question("xbl.example"), Self.refusal)
    watch.note(try Asker.question("mx.example"), Self.code("203.0.113.9"))
    watch.note(try Asker.question("bl.example"), Self.code("203.0.113.9"))
    watch.note(try Asker.question("www.bl.example"), Self.code("203.0.113.9"))
    watch.note(try Asker.question("77.2.0.192.bl.example", .txt), Self.refusal)
    #expect(watch.aside.isEmpty && diary.entries.isEmpty)
    watch.close()
  }

  @Test func `zones come and go while others are watched on`() throws {
    let diary = Diary()
    try set("1.0.0.127", Self.refusal)
    let watch = try watch(diary)
    try loop.run("it is set aside") { !watch.aside.isEmpty }
    let old = try ConsultedZone.asked(by: "reject_rbl_client bl.example")
    let new = try ConsultedZone.asked(by: "reject_rbl_client new.example")
    watch.adopt([old, new])
    #expect(watch.aside.keys.map { "\($0)" } == ["bl.example"])
    let dead = try #require(DomainName("new.example"))
    try loop.run("the new one is probed, and has no test entry") { watch.aside[dead] != nil }
    watch.adopt([new])
    #expect(watch.aside.keys.map { "\($0)" } == ["new.example"] && watch.states.count == 1)
    watch.note(try Asker.question("77.2.0.192.bl.example"), Self.refusal)
    #expect(watch.aside.count == 1, "nobody asks it any more")
    watch.adopt([])
    let asked = resolver.asked
    try loop.run("what is due") { true }
    #expect(resolver.asked == asked && watch.aside.isEmpty && watch.states.isEmpty)
    watch.close()
  }

  @Test func `a zone that is asked about something new is probed for it`() throws {
    let diary = Diary()
    var pace = Self.soon
    pace.round = .seconds(3600)
    let watch = try watch(pace: pace, diary)
    try loop.run("the first round") { [resolver] in resolver.asked >= 4 }
    let both = try ConsultedZone.asked(by: "reject_rhsbl_sender bl.example, reject_rbl_client bl.example")
    watch.adopt([both])
    try loop.run("all six entries") { [resolver] in resolver.asked >= 10 }
    watch.adopt([both])
    try loop.run("what is due at once") { true }
    #expect(resolver.asked == 10)
    watch.close()
  }

  @Test func `after its end nothing is asked, not even when a probe ends then`() throws {
    let held = HeldResolver()
    let watch = ZoneWatch(
      [try ConsultedZone.asked(by: "reject_rbl_client bl.example")], unprobed: [], pace: Self.soon,
      resolver: held, loop: loop, log: { _ in })
    try loop.run("the first round") { held.asked.count == 4 }
    watch.close()
    for question in held.asked { try held.answer("\(question.name)", .noName) }
    let later = loop.schedule(after: .milliseconds(30)) { [loop] in loop.stop() }
    try loop.run()
    loop.cancel(later)
    #expect(held.asked.count == 4)
  }
}
