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
    try forgetsWhatHasExpired()
    try forgetsInSteps()
    try agreesWithADictionary()
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
