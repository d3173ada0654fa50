import Policy
import TestKit
import Testing

@testable import Storage

struct RecentRecordsTests {
  private let start = ContinuousClock.now
  private static let unknownClient = ClientRecord?.none

  @Test func `what wasn't asked is not known, and nothing has to be emptied`() {
    let recent = RecentRecords(delay: 300)
    #expect(recent.records(for: Records.keys("a")) == nil)
    #expect(recent.deadline == nil)
  }

  @Test func `a stranger's triplet is asked for again`() {
    let recent = RecentRecords(delay: 300)
    recent.learn(GreylistRecords(), for: Records.keys("a"), now: start)
    #expect(recent.records(for: Records.keys("a")) == nil)
  }

  @Test func `an answer is believed for a minute, a client that the store doesn't know too`() {
    let recent = RecentRecords(delay: 300)
    let records = GreylistRecords(triplet: TripletRecord(first: 0, last: 400))
    recent.learn(records, for: Records.keys("a"), now: start)
    #expect(recent.records(for: Records.keys("a")) == records)
    #expect(recent.deadline == start + .seconds(60))
    #expect(recent.empty() == [])
    #expect(recent.records(for: Records.keys("a")) == nil)
    #expect(recent.deadline == nil)
  }

  @Test func `only another time of last use is held back, and seen all the same`() {
    let recent = RecentRecords(delay: 300)
    recent.learn(
      GreylistRecords(triplet: TripletRecord(first: 0, last: 400)), for: Records.keys("a"), now: start)
    #expect(recent.take(Records.triplet("a", last: 500), now: start) == .heldBack)
    #expect(recent.take(Records.triplet("a", last: 600), now: start + .seconds(1)) == .heldBack)
    #expect(recent.records(for: Records.keys("a"))?.triplet == TripletRecord(first: 0, last: 600))
    #expect(recent.deadline == start + .seconds(60))
    #expect(recent.empty() == [Records.triplet("a", last: 600)])
    #expect(recent.empty() == [])
  }

  @Test(arguments: [
    ("a first success", TripletRecord(first: 0, last: 0), Records.triplet("a", last: 400)),
    ("a new start", TripletRecord(first: 0, last: 400), Records.triplet("a", first: 500, last: 500)),
    ("one that waits", TripletRecord(first: 0, last: 100), Records.triplet("a", last: 200, isAwaited: true)),
    ("a client", TripletRecord(first: 0, last: 400), Records.client("a", count: 1, last: 500)),
  ])
  func `every other change goes to the store now`(what: String, known: TripletRecord, writes: GreylistWrites)
  {
    let recent = RecentRecords(delay: 300)
    recent.learn(GreylistRecords(triplet: known), for: Records.keys("a"), now: start)
    #expect(recent.take(writes, now: start) == .submit, "\(what)")
    let records = recent.records(for: Records.keys("a"))
    #expect(records?.triplet == writes.triplet?.record ?? known)
    #expect(records?.client == writes.client?.record)
    #expect(recent.empty() == [], "it isn't written twice")
  }

  @Test func `an answer doesn't undo what was decided since it was asked for`() {
    let recent = RecentRecords(delay: 300)
    #expect(recent.take(Records.triplet("a", first: 5, last: 5, isAwaited: true), now: start) == .submit)
    recent.learn(
      GreylistRecords(triplet: TripletRecord(first: 1, last: 1), client: ClientRecord(count: 2, last: 1)),
      for: Records.keys("a"), now: start)
    #expect(
      recent.records(for: Records.keys("a"))
        == GreylistRecords(triplet: TripletRecord(first: 5, last: 5), client: ClientRecord(count: 2, last: 1))
    )
  }

  @Test func `the table says when it is full`() {
    let recent = RecentRecords(capacity: 10, delay: 300)
    for number in 0..<10 {
      #expect(!recent.isFull)
      _ = recent.take(Records.triplet("\(number)", last: 1, isAwaited: true), now: start)
    }
    #expect(recent.isFull)
    #expect(recent.empty() == [])
    #expect(!recent.isFull)
  }

  @Test func `what is to be forgotten is, with what was held back`() {
    let recent = RecentRecords(delay: 300)
    for name in ["a", "b"] {
      recent.learn(
        GreylistRecords(triplet: TripletRecord(first: 0, last: 400)), for: Records.keys(name), now: start)
      #expect(recent.take(Records.triplet(name, last: 500), now: start) == .heldBack)
    }
    let a = Records.keys("a")
    recent.forget(triplets: [a.triplet, Records.keys("x").triplet], clients: [a.client].compactMap(\.self))
    #expect(recent.records(for: a) == nil && !recent.knows(a.triplet))
    #expect(recent.empty() == [Records.triplet("b", last: 500)])
  }

  @Test func `who was forgotten can become known again, and takes room`() {
    let recent = RecentRecords(capacity: 3, delay: 300)
    let a = Records.keys("a")
    for last in [Int64(500), 600, 700] {
      #expect(!recent.isFull)
      recent.learn(GreylistRecords(triplet: TripletRecord(first: 0, last: 400)), for: a, now: start)
      #expect(recent.records(for: a)?.triplet?.last == 400 && recent.knows(a.triplet))
      #expect(recent.take(Records.triplet("a", last: last), now: start) == .heldBack)
      #expect(recent.records(for: a)?.triplet?.last == last)
      if last < 700 { recent.forget(triplets: [a.triplet], clients: []) }
    }
    #expect(recent.isFull)
    #expect(recent.empty() == [Records.triplet("a", last: 700)])
  }

  @Test func `a correspondent is seen at once, and goes to the store within a minute`() {
    let recent = RecentRecords(delay: 300)
    for last in [Int64(7), 8] {
      #expect(recent.take(Records.correspondence("a", last: last), now: start) == .heldBack)
    }
    #expect(recent.deadline == start + .seconds(60))
    #expect(recent.records(for: Records.answer("a")) == nil, "the triplet has to be asked for")
    recent.learn(GreylistRecords(), for: Records.answer("a"), now: start)
    #expect(
      recent.completed(GreylistRecords(), for: Records.answer("a")) == GreylistRecords(correspondence: 8))
    #expect(recent.completed(GreylistRecords(), for: Records.keys("a")) == GreylistRecords())
    #expect(recent.empty() == [Records.correspondence("a", last: 8)])
    #expect(recent.empty() == [])
  }

  @Test func `who waits is asked for as a correspondent once, who has passed never`() {
    let recent = RecentRecords(delay: 300)
    _ = recent.take(Records.triplet("a", first: 5, last: 5, isAwaited: true), now: start)
    #expect(recent.records(for: Records.answer("a")) == nil)
    let waiting = GreylistRecords(triplet: TripletRecord(first: 5, last: 5))
    recent.learn(waiting, for: Records.answer("a"), now: start)
    #expect(recent.records(for: Records.answer("a")) == waiting)
    _ = recent.take(Records.correspondence("a", last: 9), now: start)
    #expect(recent.records(for: Records.answer("a"))?.correspondence == 9)
    #expect(recent.empty() == [Records.correspondence("a", last: 9)])

    recent.learn(
      GreylistRecords(triplet: TripletRecord(first: 0, last: 400)), for: Records.keys("b"), now: start)
    #expect(recent.records(for: Records.answer("b"))?.triplet != nil)
  }

  @Test func `too many correspondents fill the table`() {
    let recent = RecentRecords(capacity: 3, delay: 300)
    for name in ["a", "b", "c"] {
      #expect(!recent.isFull)
      _ = recent.take(Records.correspondence(name, last: 1), now: start)
    }
    #expect(recent.isFull)
    #expect(recent.empty().count == 3)
    #expect(!recent.isFull)
  }

  @Test func `pools are the store's to know: asked for those who wait, and written at once`() {
    let recent = RecentRecords(delay: 300)
    let keys = GreylistKeys(
      triplet: Records.keys("a").triplet, client: nil, pools: PoolKeys(organisation: nil, network: nil))
    _ = recent.take(Records.triplet("a", first: 5, last: 5, isAwaited: true), now: start)
    #expect(recent.records(for: keys) == nil)
    let pools = PoolRecords(organisation: TripletRecord(first: 1, last: 1))
    let waiting = GreylistRecords(triplet: TripletRecord(first: 5, last: 5), pools: pools)
    recent.learn(waiting, for: keys, now: start)
    #expect(recent.completed(waiting, for: keys) == waiting)
    #expect(recent.records(for: keys) == nil)

    _ = recent.take(Records.triplet("a", first: 5, last: 400), now: start)
    #expect(recent.records(for: keys)?.triplet?.last == 400, "who has passed passes again")
    #expect(recent.completed(waiting, for: keys).pools == pools)
    var writes = Records.triplet("a", first: 5, last: 401)
    #expect(recent.take(writes, now: start) == .heldBack)
    writes.pools = [PoolWrite(key: PoolKey(bytes: [0x0A]), record: TripletRecord(first: 5, last: 401))]
    #expect(recent.take(writes, now: start) == .submit)
    #expect(recent.empty() == [], "it isn't written twice")
  }

  /// Decisions at random, the store asked where the table doesn't know: as if the store were asked each time.
  @Test func `the table and the store together are a store`() {
    var random = SeededGenerator(seed: 21)
    let recent = RecentRecords(capacity: 20, delay: 300)
    var store = MemoryTripletStore(capacity: 1000, delay: 300)
    var expected = MemoryTripletStore(capacity: 1000, delay: 300)
    for now in 0..<Int64(20_000) {
      let name = "\(Int.random(in: 0..<40, using: &random))"
      let keys = Records.keys(name)
      let asked = recent.records(for: keys) == nil
      if asked { recent.learn(store.records(for: keys), for: keys, now: start) }
      let known = recent.records(for: keys) ?? store.records(for: keys)
      #expect(known == expected.records(for: keys))
      let first = Bool.random(using: &random) ? known.triplet?.first ?? now : now
      var writes = Records.triplet(name, first: first, last: now, isAwaited: now - first < 300)
      if now % 7 == 0 { writes.client = Records.client(name, count: now, last: now).client }
      expected.apply([writes])
      if recent.take(writes, now: start) == .submit { store.apply([writes]) }
      if recent.isFull || now % 500 == 0 { store.apply(recent.empty()) }
      guard now % 11 == 0 else { continue }
      let forgotten = Records.keys("\(Int.random(in: 0..<40, using: &random))")
      let clients = [forgotten.client].compactMap(\.self)
      recent.forget(triplets: [forgotten.triplet], clients: clients)
      _ = store.forget(triplets: [forgotten.triplet], clients: clients, pools: [])
      _ = expected.forget(triplets: [forgotten.triplet], clients: clients, pools: [])
    }
    store.apply(recent.empty())
    for name in 0..<40 {
      #expect(store.records(for: Records.keys("\(name)")) == expected.records(for: Records.keys("\(name)")))
    }
  }
}
