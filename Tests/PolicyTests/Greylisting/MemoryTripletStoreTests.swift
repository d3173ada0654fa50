import TestKit
import Testing

@testable import Policy

struct MemoryTripletStoreTests {
  @Test func `it is a store`() throws {
    try TripletStoreContract { MemoryTripletStore(capacity: 100, delay: 300) }.verify()
  }

  @Test func `a full store drops who waits before who has passed`() {
    var store = MemoryTripletStore(capacity: 3, delay: 300)
    Self.write("passed", first: 0, last: 500, to: &store)
    for number in 0..<10 { Self.write("new\(number)", first: 600, last: 600, to: &store) }
    #expect(store.count() == TripletStoreCount(triplets: 3, clients: 3))
    #expect(Self.knows("passed", store))
    #expect(Self.knows("new9", store) && Self.knows("new8", store))
    #expect(!Self.knows("new7", store))
  }

  @Test func `among those who have passed the one seen longest ago goes, and room is kept for one who waits`()
  {
    var store = MemoryTripletStore(capacity: 3, delay: 300)
    for number in 0..<4 { Self.write("p\(number)", first: 0, last: 500, to: &store) }
    #expect(!Self.knows("p0", store) && Self.knows("p1", store))
    Self.write("p1", first: 0, last: 600, to: &store)
    Self.write("new", first: 700, last: 700, to: &store)
    #expect(Self.knows("new", store) && Self.knows("p1", store) && Self.knows("p3", store))
    #expect(!Self.knows("p2", store))
  }

  @Test func `one place is enough for the newest`() {
    var store = MemoryTripletStore(capacity: 1, delay: 300)
    for number in 0..<5 {
      Self.write("\(number)", first: 0, last: number % 2 == 0 ? 500 : 0, to: &store)
      #expect(Self.knows("\(number)", store))
      #expect(store.count() == TripletStoreCount(triplets: 1, clients: 1))
    }
  }

  @Test func `a triplet that begins anew is one, and waits`() {
    var store = MemoryTripletStore(capacity: 10, delay: 300)
    Self.write("a", first: 0, last: 500, to: &store)
    Self.write("a", first: 900, last: 900, to: &store)
    #expect(store.count().triplets == 1)
    #expect(
      store.records(for: Self.keys("a")).triplet == TripletRecord(first: 900, last: 900))
  }

  /// Against a plain array: whatever is written and removed, the order holds.
  @Test func `the order of writing is kept`() {
    var table = RecencyTable<Int, Int>()
    var expected: [(key: Int, value: Int)] = []
    var random = SeededGenerator(seed: 9)
    for step in 0..<5000 {
      let key = Int.random(in: 0..<40, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0:
        table.remove(key)
        expected.removeAll { $0.key == key }
      case 1:
        let most = Int.random(in: 0...3, using: &random)
        let limit = step - Int.random(in: 0...60, using: &random)
        let due = expected.prefix { $0.value < limit }.prefix(most).count
        #expect(table.removeOldest(most: most) { $0 < limit } == due)
        expected.removeFirst(due)
      default:
        table.put(step, for: key)
        expected.removeAll { $0.key == key }
        expected.append((key, step))
      }
      #expect(table.count == expected.count)
      #expect(table[key] == expected.first { $0.key == key }?.value)
    }
  }

  private static func keys(_ name: String) -> GreylistKeys {
    GreylistKeys(
      triplet: TripletKey(bytes: Array(name.utf8)), client: ClientKey(bytes: Array(name.utf8)))
  }

  private static func knows(_ name: String, _ store: MemoryTripletStore) -> Bool {
    store.records(for: keys(name)).triplet != nil
  }

  private static func write(_ name: String, first: Int64, last: Int64, to store: inout MemoryTripletStore) {
    let keys = keys(name)
    store.apply([
      GreylistWrites(
        triplet: TripletWrite(
          key: keys.triplet, record: TripletRecord(first: first, last: last), isAwaited: false),
        client: ClientWrite(
          key: ClientKey(bytes: keys.triplet.bytes), record: ClientRecord(count: 1, last: last)))
    ])
  }
}
