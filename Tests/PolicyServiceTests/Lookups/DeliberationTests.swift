import DNS
import EventLoop
import MailTypes
import Policy
import TestKit
import Testing

@testable import PolicyService

/// What is asked when, and which answers a decision waits for.
@Suite(.timeLimit(.minutes(10)))
struct DeliberationTests {
  private let loop: EventLoop
  private let resolver: HeldResolver

  init() throws {
    loop = try EventLoop()
    resolver = HeldResolver(turning: loop)
  }

  private static let listed = DNSAnswer.records([.address(.v4(0x7F00_0002))])

  private static let greylisted = "DEFER_IF_PERMIT 4.7.1 Service unavailable"

  /// A request that is being decided, and what has become of it.
  private final class Case {
    var outcomes: [Deliberation.Outcome] = []
    var deliberation: Deliberation?
    var greylisted = 0
    /// The greylist's own words, by default at once.
    var greylist: (@escaping (GreylistOpinion?) -> Void) -> Void = {
      $0(GreylistOpinion(.deferIfPermit(nil)))
    }

    /// The answer that Postfix would get; nil before there is one.
    var answer: String? {
      guard case .decided(let decision)? = outcomes.first else { return nil }
      return PolicyReply(decision.action).bytes.dropFirst(7).dropLast(2).repairedText
    }
  }

  private func begin(
    _ restrictions: [String], from address: String = "192.0.2.77", budget: Duration = .seconds(30),
    needsStore: Bool = false, asks: Bool = true, zones: ZoneWatch? = nil, isJudged: Bool = true,
    case state: Case = Case()
  ) throws -> Case {
    let name = ListName("recipient")
    let reading = RestrictionLists.read(policies: [(name: name, items: restrictions)], named: [])
    try #require(reading.faults == [])
    var policy = MailPolicy(lists: reading.lists)
    policy.domains.mynetworks = MatchList.read("10.0.0.0/8", kind: .hosts).list
    let list = try #require(policy.lists.policies[name])
    let request = try PolicyRequest.test(from: address)
    let facts = Facts(zonesAside: zones?.aside ?? [:])
    let deliberation = Deliberation(
      request, by: list, of: policy, facts, needsStore: needsStore,
      sources: Deliberation.Sources(
        resolver: asks ? resolver : nil, zones: zones, loop: loop, budget: budget,
        greylist: { _, reply in
          state.greylisted += 1
          state.greylist(reply)
        }))
    state.deliberation = deliberation
    // As the judge does it: what the list waits for first is found out before.
    let first = policy.evaluate(request, by: list, facts) { [resolver] in asks ? resolver.recall($0) : nil }
    var awaited: Set<Lookup>?
    if isJudged, case .waiting(let lookups) = first { awaited = lookups }
    deliberation.begin(awaiting: awaited) { state.outcomes.append($0) }
    return state
  }

  private static let three = [
    "reject_rbl_client one.example", "reject_rbl_client two.example", "reject_rbl_client three.example",
    "check_greylist",
  ]

  /// What was answered is looked at in the next turn of the loop, all of it at once.
  private func turn() throws {
    loop.schedule(after: .zero) { [loop] in loop.schedule(after: .zero) { loop.stop() } }
    try loop.run()
  }

  // MARK: Questions

  @Test func `all lists are asked at once, and the greylist isn't before the walk comes to it`() throws {
    let state = try begin(Self.three)
    let names = resolver.asked.map(\.name.description)
    #expect(Set(names) == ["one", "two", "three"].reduce(into: []) { $0.insert("77.2.0.192.\($1).example") })
    #expect(names.count == 3)
    #expect(state.greylisted == 0 && state.outcomes.isEmpty)
  }

  @Test func `who is decided without the DNS isn't asked about`() throws {
    let state = try begin(["permit_mynetworks"] + Self.three, from: "10.1.2.3")
    #expect(state.answer == "OK")
    #expect(resolver.asked.isEmpty)
  }

  @Test func `a list that is set aside isn't asked`() throws {
    let zone = try #require(DomainName("two.example"))
    let watch = ZoneWatch(
      [try ConsultedZone.asked(by: "reject_rbl_client two.example")], unprobed: [zone], resolver: resolver,
      loop: loop, log: { _ in })
    watch.note(try Asker.question("1.2.0.192.two.example"), .records([.address(.v4(0x7FFF_FFFE))]))
    let state = try begin(Self.three, zones: watch)
    #expect(resolver.asked.map(\.name.description).contains { $0.hasSuffix("two.example") } == false)
    #expect(resolver.asked.count == 2)
    try resolver.answer("77.2.0.192.one.example", .noName)
    try resolver.answer("77.2.0.192.three.example", .noName)
    try turn()
    #expect(state.answer == Self.greylisted)
  }

  // MARK: Verdicts

  @Test func `a verdict doesn't wait for lists that come later`() throws {
    let state = try begin(Self.three)
    try resolver.answer("77.2.0.192.one.example", Self.listed)
    try turn()
    #expect(state.outcomes.isEmpty, "its reason is asked for now")
    try resolver.answer("77.2.0.192.one.example", type: .txt, .records([.text(Array("see one".utf8))]))
    try turn()
    #expect(state.answer?.hasSuffix("blocked using one.example; see one") == true, "\(state.answer ?? "")")
    try resolver.answer("77.2.0.192.two.example", Self.listed)
    try resolver.answer("77.2.0.192.three.example", .failed(.timeout))
    try turn()
    #expect(state.outcomes.count == 1 && state.greylisted == 0)
  }

  @Test(arguments: [true, false])
  func `the order is that of the list, whoever answers first`(isJudged: Bool) throws {
    let state = try begin(Self.three, isJudged: isJudged)
    try resolver.answer("77.2.0.192.three.example", Self.listed)
    try resolver.answer("77.2.0.192.two.example", Self.listed)
    try turn()
    #expect(state.outcomes.isEmpty)
    #expect(try !resolver.isWaiting(for: "77.2.0.192.two.example", .txt))
    try resolver.answer("77.2.0.192.one.example", .noName)
    try turn()
    try resolver.answer("77.2.0.192.two.example", type: .txt, .noRecords)
    try turn()
    #expect(state.answer?.hasSuffix("blocked using two.example") == true, "\(state.answer ?? "")")
  }

  @Test(arguments: [true, false])
  func `what the cache knows is decided at once`(isJudged: Bool) throws {
    resolver.known = [
      try Asker.question("77.2.0.192.one.example"): .noName,
      try Asker.question("77.2.0.192.two.example"): Self.listed,
      try Asker.question("77.2.0.192.two.example", .txt): .noRecords,
    ]
    let state = try begin(Self.three, isJudged: isJudged)
    #expect(state.answer?.hasSuffix("blocked using two.example") == true, "\(state.answer ?? "")")
    #expect(state.outcomes.count == 1)
  }

  @Test(arguments: [true, false])
  func `what the cache knows makes more to ask at once`(isJudged: Bool) throws {
    resolver.known = [try Asker.question("77.2.0.192.one.example"): Self.listed]
    let state = try begin(Self.three, isJudged: isJudged)
    #expect(state.outcomes.isEmpty)
    try resolver.answer("77.2.0.192.one.example", type: .txt, .records([.text(Array("see one".utf8))]))
    #expect(state.answer?.hasSuffix("blocked using one.example; see one") == true, "\(state.answer ?? "")")
  }

  @Test func `what the cache knew is known as long as a decision takes`() throws {
    resolver.known = [try Asker.question("77.2.0.192.one.example"): .noName]
    let state = try begin(Self.three)
    resolver.known = [:]
    try resolver.answer("77.2.0.192.two.example", Self.listed)
    try resolver.answer("77.2.0.192.two.example", type: .txt, .noRecords)
    #expect(state.answer?.hasSuffix("blocked using two.example") == true, "\(state.answer ?? "")")
  }

  @Test(arguments: [true, false])
  func `lists after the greylist are asked while it is`(isJudged: Bool) throws {
    let state = Case()
    var store: ((GreylistOpinion?) -> Void)?
    state.greylist = { store = $0 }
    _ = try begin(["check_greylist", "reject_rbl_client one.example"], isJudged: isJudged, case: state)
    #expect(state.greylisted == 1)
    #expect(try resolver.isWaiting(for: "77.2.0.192.one.example"))
    try resolver.answer("77.2.0.192.one.example", .noName)
    store?(GreylistOpinion(.dunno))
    #expect(state.answer == "DUNNO")
  }

  // MARK: Time

  @Test func `when time is up the lists have no opinion, and the greylist still has one`() throws {
    let state = try begin(Self.three, budget: .milliseconds(20))
    try loop.run("it is decided") { !state.outcomes.isEmpty }
    #expect(state.answer == Self.greylisted)
    #expect(state.greylisted == 1)
    try resolver.answer("77.2.0.192.one.example", Self.listed)
    try turn()
    #expect(state.outcomes.count == 1, "an answer after the verdict is nobody's")
  }

  @Test func `a verdict that is certain waits a little for its reason, and doesn't for long`() throws {
    let state = try begin(["warn_if_reject reject_rbl_client one.example"] + Self.three.dropFirst())
    try resolver.answer("77.2.0.192.one.example", Self.listed)
    try turn()
    try resolver.answer("77.2.0.192.two.example", Self.listed)
    let began = ContinuousClock.now
    try loop.run("it is decided") { !state.outcomes.isEmpty }
    let waited = ContinuousClock.now - began
    #expect(state.answer?.hasSuffix("blocked using two.example") == true, "\(state.answer ?? "")")
    #expect(waited > Deliberation.grace * 1.5, "each of the two has its time: \(waited)")
    #expect(try resolver.isWaiting(for: "77.2.0.192.three.example"))
    try resolver.answer("77.2.0.192.two.example", type: .txt, .records([.text(Array("late".utf8))]))
    #expect(state.outcomes.count == 1)
  }

  @Test func `a verdict that isn't certain waits for more than the time of a reason`() throws {
    let state = try begin(Self.three)
    try resolver.answer("77.2.0.192.two.example", Self.listed)
    loop.schedule(after: Deliberation.grace * 2) { [loop] in loop.stop() }
    try loop.run()
    #expect(state.outcomes.isEmpty)
    try resolver.answer("77.2.0.192.one.example", Self.listed)
    try resolver.answer("77.2.0.192.one.example", type: .txt, .records([.text(Array("see one".utf8))]))
    #expect(state.answer?.hasSuffix("blocked using one.example; see one") == true, "\(state.answer ?? "")")
  }

  @Test func `the time of the DNS isn't the greylist's`() throws {
    let state = Case()
    var store: ((GreylistOpinion?) -> Void)?
    state.greylist = { store = $0 }
    _ = try begin(Self.three, budget: .milliseconds(10), case: state)
    for name in ["one", "two", "three"] { try resolver.answer("77.2.0.192.\(name).example", .noName) }
    try turn()
    let reply = try #require(store)
    loop.schedule(after: .milliseconds(30)) { [loop] in loop.stop() }
    try loop.run()
    #expect(state.outcomes.isEmpty, "the store is waited for")
    reply(GreylistOpinion(.deferIfPermit(nil)))
    #expect(state.answer == Self.greylisted && state.greylisted == 1)
  }

  @Test func `each step tells how long its own answers took`() throws {
    resolver.known = [try Asker.question("77.2.0.192.two.example"): .noName]
    let state = try begin(
      [
        "permit_mynetworks", "reject_rbl_client one.example", "reject_rbl_client two.example",
        "warn_if_reject reject_rbl_client three.example", "reject_unknown_sender_domain",
        "reject_rbl_client lost.example",
      ], budget: .seconds(1))
    func pause() throws {
      loop.schedule(after: .milliseconds(20)) { [loop] in loop.stop() }
      try loop.run()
    }
    try pause()
    try resolver.answer("77.2.0.192.three.example", Self.listed)
    try resolver.answer("b.example", type: .mx, .noRecords)
    try pause()
    try resolver.answer("77.2.0.192.one.example", .noName)
    try pause()
    try resolver.answer("77.2.0.192.three.example", type: .txt, .noRecords)
    try resolver.answer("b.example", type: .a, Self.listed)
    try loop.run("it is decided") { !state.outcomes.isEmpty }
    let waits = try #require(state.deliberation?.waits)
    try #require(waits.count == 6 && state.answer == "DUNNO", "\(waits)")
    #expect(waits[0] == nil && waits[2] == nil)
    let (one, three, sender) = try (#require(waits[1]), #require(waits[3]), #require(waits[4]))
    #expect(one >= .milliseconds(40) && three >= .milliseconds(60) && sender >= three && one < three)
    #expect(try #require(waits[5]) >= .seconds(1), "it was given up")
  }

  @Test func `what the first walk knows takes no step any time`() throws {
    for name in ["one", "two", "three"] {
      resolver.known[try Asker.question("77.2.0.192.\(name).example")] = .noName
    }
    let state = try begin(Self.three)
    #expect(state.answer == Self.greylisted && state.deliberation?.waits == [nil, nil, nil, nil])
  }

  @Test func `where nobody can be asked nothing is waited for`() throws {
    let state = try begin(Self.three, asks: false)
    #expect(state.answer == Self.greylisted && resolver.asked.isEmpty)
  }

  @Test(arguments: [true, false])
  func `without its store a listener gets no answer if it wants none`(needsStore: Bool) throws {
    let state = Case()
    state.greylist = { $0(nil) }
    _ = try begin(["check_greylist"], needsStore: needsStore, case: state)
    #expect(state.answer == (needsStore ? nil : "DUNNO"))
    if needsStore, case .withoutStore? = state.outcomes.first { return }
    #expect(!needsStore)
  }
}
