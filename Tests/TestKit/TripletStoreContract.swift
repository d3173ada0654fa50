package import Policy
import Testing

/// What holds for every store of triplets, wherever it keeps them.
///
/// Each check gets a new, empty store that holds 100 triplets and 100 clients at least.
package struct TripletStoreContract<Store: TripletStore> {
  private let make: () throws -> Store
  private let rules = GreylistRules()

  package init(_ make: @escaping () throws -> Store) { self.make = make }

  /// Checks everything; each disagreement is an issue of the current test.
  package func verify() throws {
    try startsEmpty()
    try readsWhatWasWritten()
    try keepsKeysApart()
    try writesInOrder()
    try notesStrangers()
    try knowsWhoIsNoStranger()
    try forgetsWhatHasExpired()
    try forgetsInSteps()
    try agreesWithADictionary()
    try givesPages()
    try forgetsWhatItIsToldTo()
    try awaits()
    try knowsCorrespondents()
    try forgetsOldCorrespondents()
    try keepsNoMoreCorrespondentsThanItShould()
    try knowsPools()
    try forgetsOldPools()
    try forgetsPoolsByWhatTheirKeysBeginWith()
  }

  private func startsEmpty() throws {
    var store = try make()
    #expect(try store.records(for: Self.keys("a")) == GreylistRecords())
    #expect(try store.count() == TripletStoreCount(triplets: 0, clients: 0))
    try store.apply([])
    #expect(try store.expire(GreylistExpiry(now: 0, rules: rules), most: 10) == 0)
  }

  private func readsWhatWasWritten() throws {
    var store = try make()
    try store.apply([Self.writes("a", first: 1, last: 2, count: 3)])
    let expected = GreylistRecords(
      triplet: TripletRecord(first: 1, last: 2), client: ClientRecord(count: 3, last: 2))
    #expect(try store.records(for: Self.keys("a")) == expected)
    #expect(try store.records(for: Self.keys("a")) == expected, "asked again")
    #expect(
      try store.records(for: GreylistKeys(triplet: TripletKey(bytes: Array("a".utf8)), client: nil))
        == GreylistRecords(triplet: expected.triplet), "no client was asked for")
    let most = TripletRecord.most
    try store.apply([Self.writes("a", first: 0, last: most, count: most)])
    #expect(
      try store.records(for: Self.keys("a"))
        == GreylistRecords(
          triplet: TripletRecord(first: 0, last: most), client: ClientRecord(count: most, last: most)))
    #expect(try store.count() == TripletStoreCount(triplets: 1, clients: 1))
  }

  private func keepsKeysApart() throws {
    var store = try make()
    let names: [[UInt8]] = [
      [], [0], [0, 0], [0xFF], Array("a".utf8), Array("A".utf8), Array("a ".utf8), Array("a'".utf8),
      Array("é".utf8), Array("e\u{301}".utf8), Array("%".utf8), Array(repeating: 0x61, count: 2000),
    ]
    for (number, name) in names.enumerated() {
      try store.apply([Self.writes(name, first: Int64(number), last: Int64(number), count: Int64(number))])
    }
    for (number, name) in names.enumerated() {
      let records = try store.records(for: Self.keys(name))
      #expect(records.triplet?.first == Int64(number), "\(name)")
      #expect(records.client?.count == Int64(number), "\(name)")
    }
    #expect(try store.count() == TripletStoreCount(triplets: names.count, clients: names.count))
  }

  private func writesInOrder() throws {
    var store = try make()
    try store.apply([
      Self.writes("a", first: 1, last: 1, count: 1), Self.writes("b", first: 1, last: 1, count: 1),
      GreylistWrites(), Self.writes("a", first: 1, last: 700, count: 2),
    ])
    #expect(try store.records(for: Self.keys("a")).triplet == TripletRecord(first: 1, last: 700))
    #expect(try store.records(for: Self.keys("a")).client?.count == 2)
    #expect(try store.records(for: Self.keys("b")).triplet == TripletRecord(first: 1, last: 1))
  }

  private func notesStrangers() throws {
    var store = try make()
    let known = Self.writes("known", first: 1, last: 2, count: 3)
    let (stranger, other) = (self.stranger("a"), self.stranger("b"))
    let answers = try store.apply([known], strangers: [stranger, self.stranger("known"), other, stranger])
    let record = TripletRecord(first: 9, last: 9)
    #expect(
      answers == [
        nil,
        GreylistRecords(triplet: TripletRecord(first: 1, last: 2), client: ClientRecord(count: 3, last: 2)),
        nil, GreylistRecords(triplet: record),
      ], "what is changed is seen, and so is who came before")
    for name in ["a", "b"] { #expect(try store.records(for: Self.keys(name)).triplet == record) }
    #expect(try store.records(for: Self.keys("known")).triplet == TripletRecord(first: 1, last: 2))
    #expect(try store.count() == TripletStoreCount(triplets: 3, clients: 1))
    #expect(try store.apply([], strangers: []) == [])
  }

  private func knowsWhoIsNoStranger() throws {
    for (known, isStranger) in [
      (GreylistWrites(client: Self.writes("a", first: 1, last: 1, count: 4).client), true),
      (GreylistWrites(client: Self.writes("a", first: 1, last: 1, count: 5).client), false),
      (Self.correspondence("a", last: 1), false), (Self.pools(("a", 1, 1)), false),
      (Self.writes("a", first: 1, last: 1, count: 1), false), (Self.pools(("b", 1, 1)), true),
    ] {
      var store = try make()
      try store.apply([known])
      let keys = GreylistKeys(
        triplet: TripletKey(bytes: Array("a".utf8)), client: ClientKey(bytes: Array("a".utf8)),
        correspondence: CorrespondenceKey(bytes: Array("a".utf8)), pools: Self.pools("a", "c").pools)
      let before = try store.records(for: keys)
      let answers = try store.apply([], strangers: [stranger("a", keys: keys)])
      #expect(answers == [isStranger ? nil : before], "\(known)")
      #expect(try (store.records(for: keys) == before) != isStranger, "\(known)")
    }
  }

  private func stranger(_ name: String, keys: GreylistKeys? = nil) -> Stranger {
    let keys = keys ?? Self.keys(name)
    let triplet = TripletWrite(
      key: keys.triplet, record: TripletRecord(first: 9, last: 9), isAwaited: true)
    return Stranger(keys, GreylistWrites(triplet: triplet), by: rules)
  }

  private func forgetsWhatHasExpired() throws {
    let now: Int64 = 100_000_000
    // Each at the last second in which it is kept, and one before.
    for (first, age, isKept) in [
      (0, rules.retryWindow, true), (0, rules.retryWindow + 1, false),
      (rules.delay, rules.maxAge, true), (rules.delay, rules.maxAge + 1, false),
      (rules.delay - 1, rules.retryWindow + 1, false),
    ] {
      var store = try make()
      let last = now - age
      try store.apply([Self.writes("a", first: last - first, last: last, count: 1)])
      _ = try store.expire(GreylistExpiry(now: now, rules: rules), most: 10)
      let records = try store.records(for: Self.keys("a"))
      #expect((records.triplet != nil) == isKept, "waited \(first), seen \(age) ago")
      #expect((records.client != nil) == (age <= rules.maxAge), "seen \(age) ago")
    }
  }

  private func forgetsInSteps() throws {
    var store = try make()
    for number in 0..<20 {
      try store.apply([Self.writes("\(number)", first: 0, last: Int64(number), count: 1)])
    }
    let expiry = GreylistExpiry(now: rules.maxAge + 10, rules: rules)
    var steps: [Int] = []
    while true {
      steps.append(try store.expire(expiry, most: 7))
      if steps.last != 7 { break }
    }
    // All triplets, since none has passed, and the first ten clients.
    #expect(steps.reduce(0, +) == 30)
    #expect(steps.allSatisfy { $0 <= 7 })
    #expect(try store.count() == TripletStoreCount(triplets: 0, clients: 10))
  }

  private func agreesWithADictionary() throws {
    var store = try make()
    var triplets: [String: TripletRecord] = [:]
    var random = SeededGenerator(seed: 11)
    for now in 0..<Int64(3000) {
      let name = "\(Int.random(in: 0..<90, using: &random))"
      #expect(try store.records(for: Self.keys(name)).triplet == triplets[name])
      let first = triplets[name]?.first ?? now
      triplets[name] = TripletRecord(first: first, last: now)
      try store.apply([Self.writes(name, first: first, last: now, count: 1)])
    }
    #expect(try store.count() == TripletStoreCount(triplets: triplets.count, clients: triplets.count))
  }

  private func givesPages() throws {
    var store = try make()
    #expect(try store.triplets(after: nil, most: 10).isEmpty)
    #expect(try store.clients(after: nil, most: 10).isEmpty)
    // In the order of their bytes; the first one is empty.
    let names: [[UInt8]] = [[], [0], [0, 0], [0x41], [0x61], [0x61, 0], [0x62], [0xFF]]
    // One of them has passed, and is in its place all the same.
    var random = SeededGenerator(seed: 12)
    for name in names.shuffled(using: &random) {
      let last: Int64 = name == [0x61] ? 1000 : 1
      try store.apply([Self.writes(name, first: 1, last: last, count: 1)])
    }
    for size in [1, 3, 8, 100] {
      #expect(try Self.all(pages: size) { try store.triplets(after: $0, most: size) } == names, "\(size)")
      #expect(try Self.clients(of: store, pages: size) == names, "\(size)")
    }
    let page = try store.triplets(after: TripletKey(bytes: [0x41]), most: 1)
    #expect(page.first?.record == TripletRecord(first: 1, last: 1000))
  }

  private static func all(
    pages size: Int, _ page: (TripletKey?) throws -> [KnownTriplet]
  ) throws -> [[UInt8]] {
    var keys: [[UInt8]] = []
    while true {
      let more = try page(keys.last.map { TripletKey(bytes: $0) })
      keys += more.map(\.key.bytes)
      if more.count < size { return keys }
    }
  }

  private static func clients(of store: Store, pages size: Int) throws -> [[UInt8]] {
    var keys: [[UInt8]] = []
    while true {
      let more = try store.clients(after: keys.last.map { ClientKey(bytes: $0) }, most: size)
      keys += more.map(\.key.bytes)
      if more.count < size { return keys }
    }
  }

  private func forgetsWhatItIsToldTo() throws {
    var store = try make()
    try store.apply([
      Self.writes("a", first: 1, last: 1, count: 1), Self.writes("b", first: 1, last: 1000, count: 1),
      Self.writes("c", first: 1, last: 1, count: 1),
    ])
    let (a, b) = (Self.keys("a"), Self.keys("b"))
    let strangers = [TripletKey(bytes: Array("x".utf8))]
    let forgotten = try store.forget(
      triplets: [a.triplet, b.triplet] + strangers, clients: [a.client].compactMap(\.self), pools: [])
    #expect(forgotten == TripletStoreCount(triplets: 2, clients: 1))
    #expect(try store.records(for: a) == GreylistRecords())
    #expect(try store.records(for: b) == GreylistRecords(client: ClientRecord(count: 1, last: 1000)))
    #expect(try store.count() == TripletStoreCount(triplets: 1, clients: 2))
    #expect(
      try store.forget(triplets: [], clients: [], pools: []) == TripletStoreCount(triplets: 0, clients: 0))
  }

  private func awaits() throws {
    var store = try make()
    #expect(try store.awaitedSenders() == AwaitedSenders())
    let first = try Self.awaited([0x61, 0xFF], recipient: nil, until: 100)
    let second = try Self.awaited(Array("b.example".utf8), recipient: Array("u@lab".utf8), until: 200)
    #expect(try store.await(first, now: 0)?.all == [first])
    #expect(try store.await(second, now: 0)?.all == [first, second])
    #expect(try store.awaitedSenders().all == [first, second])
    let later = try Self.awaited([0x61, 0xFF], recipient: nil, until: 300)
    #expect(try store.await(later, now: 0)?.all == [second, later])
    let third = try Self.awaited(Array("c.example".utf8), recipient: nil, until: 400)
    #expect(try store.await(third, now: 200)?.all == [later, third], "the second is over")
    for number in 2..<AwaitedSenders.most {
      let more = try Self.awaited(Array("\(number).example".utf8), recipient: nil, until: 500)
      #expect(try store.await(more, now: 200) != nil)
    }
    let full = try store.awaitedSenders()
    #expect(full.all.count == AwaitedSenders.most)
    #expect(
      try store.await(Self.awaited(Array("x.example".utf8), recipient: nil, until: 500), now: 200) == nil)
    #expect(try store.awaitedSenders() == full)
  }

  private func knowsCorrespondents() throws {
    var store = try make()
    let (a, b) = (Self.correspondence("a"), Self.correspondence("b"))
    try store.apply([Self.correspondence("a", last: 5), Self.correspondence("b", last: 6)])
    try store.apply([Self.correspondence("a", last: 7)])
    #expect(try store.records(for: a) == GreylistRecords(correspondence: 7))
    #expect(try store.records(for: b).correspondence == 6)
    #expect(try store.records(for: Self.keys("a")) == GreylistRecords(), "it wasn't asked for")
    #expect(try store.records(for: Self.correspondence("c")) == GreylistRecords())
    #expect(try store.count() == TripletStoreCount(triplets: 0, clients: 0, correspondents: 2))
  }

  private func forgetsOldCorrespondents() throws {
    var store = try make()
    var rules = rules
    rules.correspondents = 1000
    for number in 0..<20 { try store.apply([Self.correspondence("\(number)", last: Int64(number))]) }
    let expiry = GreylistExpiry(now: 1015, rules: rules)
    #expect(try store.expire(expiry, most: 10) == 10)
    #expect(try store.expire(expiry, most: 10) == 5)
    #expect(try store.records(for: Self.correspondence("14")).correspondence == nil)
    #expect(try store.records(for: Self.correspondence("15")).correspondence == 15)
    rules.correspondents = 0
    #expect(try store.expire(GreylistExpiry(now: 1015, rules: rules), most: 10) == 5, "they are off")
  }

  private func keepsNoMoreCorrespondentsThanItShould() throws {
    var store = try make()
    var rules = rules
    (rules.correspondents, rules.mostCorrespondents) = (1000, 4)
    for number in 0..<20 { try store.apply([Self.correspondence("\(number)", last: Int64(number))]) }
    // The first one is written to again.
    try store.apply([Self.correspondence("0", last: 20)])
    let expiry = GreylistExpiry(now: 20, rules: rules)
    #expect(try store.expire(expiry, most: 10) == 10)
    #expect(try store.expire(expiry, most: 10) == 6)
    #expect(try store.expire(expiry, most: 10) == 0)
    #expect(try store.count().correspondents == 4)
    #expect(try store.records(for: Self.correspondence("0")).correspondence == 20)
    #expect(try store.records(for: Self.correspondence("16")).correspondence == nil)
  }

  private func knowsPools() throws {
    var store = try make()
    // A triplet of that name is another thing, and so is what is known of the other rule.
    try store.apply([Self.writes("a\n", first: 1, last: 1, count: 1)])
    try store.apply([Self.pools(("a", 2, 3), ("b", 4, 500)), Self.pools(("a", 2, 5))])
    let (a, b) = (TripletRecord(first: 2, last: 5), TripletRecord(first: 4, last: 500))
    for (organisation, network, expected) in [
      ("a", "b", PoolRecords(organisation: a, network: b)),
      ("b", "a", PoolRecords(organisation: b, network: a)),
      ("c", "a", PoolRecords(network: a)), (nil, "b", PoolRecords(network: b)),
      ("a", nil, PoolRecords(organisation: a)), ("c", "c", PoolRecords()),
    ] as [(String?, String?, PoolRecords)] {
      let keys = Self.pools(organisation, network)
      #expect(try store.records(for: keys) == GreylistRecords(pools: expected), "\(expected)")
    }
    #expect(try store.records(for: Self.keys("a\n")).pools == nil, "they weren't asked for")
    #expect(try store.count() == TripletStoreCount(triplets: 1, clients: 1, pools: 2))
  }

  /// As triplets are.
  private func forgetsOldPools() throws {
    var store = try make()
    let now: Int64 = 100_000_000
    let (waiting, passed) = (now - rules.retryWindow, now - rules.maxAge)
    try store.apply([
      Self.pools(("old", passed - rules.delay - 1, passed - 1), ("passed", passed - rules.delay, passed)),
      Self.pools(("waited", waiting - 1, waiting - 1), ("waits", waiting, waiting)),
    ])
    let expiry = GreylistExpiry(now: now, rules: rules)
    #expect(try store.expire(expiry, most: 1) == 1)
    #expect(try store.expire(expiry, most: 5) == 1)
    for (name, isKept) in [("waits", true), ("waited", false), ("passed", true), ("old", false)] {
      let records = try store.records(for: Self.pools(name, nil))
      #expect((records.pools?.organisation != nil) == isKept, "\(name)")
    }
  }

  private func forgetsPoolsByWhatTheirKeysBeginWith() throws {
    var store = try make()
    let names = ["a", "a\nb", "a\nb\nc", "a\nbc", "aa", "\u{7F}", ""]
    for name in names { try store.apply([Self.pools((name, 1, 1))]) }
    func forget(_ names: String...) throws -> TripletStoreCount {
      try store.forget(
        triplets: [], clients: [], pools: names.map { PoolPrefix(PoolKey(bytes: Array("\($0)\n".utf8))) })
    }
    #expect(try forget("a\nb") == TripletStoreCount(triplets: 0, clients: 0, pools: 2))
    for name in names {
      let isKnown = try store.records(for: Self.pools(name, nil)).pools?.organisation != nil
      #expect(isKnown == !["a\nb", "a\nb\nc"].contains(name), "\(name)")
    }
    #expect(try forget("x", "a") == TripletStoreCount(triplets: 0, clients: 0, pools: 2), "a and a, bc")
    #expect(try store.count().pools == 3)
  }

  private static func pools(_ organisation: String?, _ network: String?) -> GreylistKeys {
    func key(_ name: String?) -> PoolKey? { name.map { PoolKey(bytes: Array("\($0)\n".utf8)) } }
    return GreylistKeys(
      triplet: TripletKey(bytes: []), client: nil,
      pools: PoolKeys(organisation: key(organisation), network: key(network)))
  }

  private static func pools(_ records: (name: String, first: Int64, last: Int64)...) -> GreylistWrites {
    GreylistWrites(
      pools: records.map { name, first, last in
        PoolWrite(
          key: PoolKey(bytes: Array("\(name)\n".utf8)), record: TripletRecord(first: first, last: last))
      })
  }

  private static func correspondence(_ name: String) -> GreylistKeys {
    GreylistKeys(
      triplet: TripletKey(bytes: Array(name.utf8)), client: nil,
      correspondence: CorrespondenceKey(bytes: Array(name.utf8)))
  }

  private static func correspondence(_ name: String, last: Int64) -> GreylistWrites {
    GreylistWrites(
      correspondence: CorrespondenceWrite(key: CorrespondenceKey(bytes: Array(name.utf8)), last: last))
  }

  private static func awaited(
    _ sender: [UInt8], recipient: [UInt8]?, until: Int64
  ) throws -> AwaitedSender {
    try #require(AwaitedSender(sender: sender, recipient: recipient, until: until))
  }

  private static func keys(_ name: String) -> GreylistKeys { keys(Array(name.utf8)) }

  private static func keys(_ name: [UInt8]) -> GreylistKeys {
    GreylistKeys(triplet: TripletKey(bytes: name), client: ClientKey(bytes: name))
  }

  private static func writes(_ name: String, first: Int64, last: Int64, count: Int64) -> GreylistWrites {
    writes(Array(name.utf8), first: first, last: last, count: count)
  }

  private static func writes(_ name: [UInt8], first: Int64, last: Int64, count: Int64) -> GreylistWrites {
    GreylistWrites(
      triplet: TripletWrite(
        key: TripletKey(bytes: name), record: TripletRecord(first: first, last: last), isAwaited: false),
      client: ClientWrite(
        key: ClientKey(bytes: name), record: ClientRecord(count: count, last: last)))
  }
}
