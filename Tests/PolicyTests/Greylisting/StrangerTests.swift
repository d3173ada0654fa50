import TestKit
import Testing

@testable import Policy

struct StrangerTests {
  private static let now = WallTime(seconds: 100 * 86_400)

  private static func rules(_ change: (inout GreylistRules) -> Void = { _ in }) -> GreylistRules {
    var rules = GreylistRules()
    rules.correspondents = 60 * 86_400
    rules.largeSenders = true
    change(&rules)
    return rules
  }

  private static func attempt(_ greylist: Greylist) throws -> GreylistAttempt {
    guard case .needs(_, let attempt) = greylist.open(try RequestText.request()) else {
      throw RequestText.NoRequest(frame: "decided without the store")
    }
    return attempt
  }

  private static func decide(
    _ greylist: Greylist, _ attempt: GreylistAttempt, _ records: GreylistRecords
  ) -> GreylistDecision {
    var instances = RecentInstances()
    return greylist.decide(attempt, records, now: now, instances: &instances)
  }

  @Test func `who isn't known is told what the store would have had him told`() throws {
    let greylist = Greylist(rules: Self.rules())
    let attempt = try Self.attempt(greylist)
    let (stranger, decision) = try #require(
      greylist.stranger(attempt, GreylistRecords(), now: Self.now))
    #expect(decision == Self.decide(greylist, attempt, GreylistRecords(pools: PoolRecords())))
    #expect(decision.reason == .new)
    #expect(stranger.writes == decision.writes && stranger.keys == attempt.keys)
  }

  @Test func `no stranger is who needn't come back, and of whom something is known here`() throws {
    let prompt = Greylist(rules: Self.rules { $0.delay = 0 })
    #expect(prompt.stranger(try Self.attempt(prompt), GreylistRecords(), now: Self.now) == nil)
    let sender = try #require(
      AwaitedSender(sender: Array("b.example".utf8), recipient: nil, until: Self.now.seconds + 1))
    let awaiting = Greylist(rules: Self.rules(), awaited: AwaitedSenders([sender]))
    #expect(awaiting.stranger(try Self.attempt(awaiting), GreylistRecords(), now: Self.now) == nil)
    let greylist = Greylist(rules: Self.rules())
    // Also long ago, when it doesn't help him: that is for the store's records to say.
    for written in [Self.now.seconds - 5, Self.now.seconds - 90 * 86_400] {
      let known = GreylistRecords(correspondence: written)
      #expect(greylist.stranger(try Self.attempt(greylist), known, now: Self.now) == nil)
    }
  }

  /// The store confirms only those of whom the decision is right.
  @Test func `a stranger who is confirmed is told the same with the store's records`() throws {
    var random = SeededGenerator(seed: 23)
    var confirmed = 0
    for _ in 0..<4000 {
      let greylist = Greylist(
        rules: Self.rules {
          $0.autoWhitelistClients = [0, 1, 5].randomElement(using: &random) ?? 0
          $0.largeSenders = Bool.random(using: &random)
          $0.correspondents = Bool.random(using: &random) ? 0 : 86_400
        })
      let attempt = try Self.attempt(greylist)
      var records = GreylistRecords()
      func time() -> Int64 {
        Self.now.seconds - ([0, 100, 400, 90_000].randomElement(using: &random) ?? 0)
      }
      func record() -> TripletRecord? {
        Int.random(in: 0..<4, using: &random) == 0 ? TripletRecord(first: time(), last: time()) : nil
      }
      records.triplet = record()
      if Bool.random(using: &random) {
        records.client = ClientRecord(count: Int64.random(in: 0...6, using: &random), last: time())
      }
      if Int.random(in: 0..<4, using: &random) == 0 { records.correspondence = time() }
      records.pools = attempt.keys.pools.map { _ in PoolRecords(organisation: record(), network: record()) }
      let (stranger, decision) = try #require(
        greylist.stranger(attempt, GreylistRecords(), now: Self.now))
      guard stranger.isConfirmed(by: records) else { continue }
      confirmed += 1
      #expect(decision == Self.decide(greylist, attempt, records), "\(records)")
    }
    #expect(confirmed > 500)
  }
}
