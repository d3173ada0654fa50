import CSQLite
import Foundation
import Policy
import TestKit
import Testing

@testable import Storage

struct SQLiteTripletStoreTests {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path + "/postern.db"
  }

  private func store() -> SQLiteTripletStore { SQLiteTripletStore(path: path, delay: 300) }

  @Test func `it is a store`() throws {
    var number = 0
    try TripletStoreContract {
      number += 1
      return SQLiteTripletStore(path: "\(directory.path)/\(number).db", delay: 300)
    }.verify()
  }

  @Test func `what was applied is there when the file is opened again`() throws {
    let store = store()
    try store.apply([Records.triplet("a", first: 1, last: 2), Records.client("a", count: 3, last: 4)])
    store.close()
    let expected = GreylistRecords(
      triplet: TripletRecord(first: 1, last: 2), client: ClientRecord(count: 3, last: 4))
    #expect(try store.records(for: Records.keys("a")) == expected)
    #expect(try self.store().records(for: Records.keys("a")) == expected)
  }

  @Test func `only the owner may read the file, its log and its index`() throws {
    let store = store()
    try store.apply([Records.triplet("a", last: 1)])
    for suffix in ["", "-wal", "-shm"] {
      let mode = try FileManager.default.attributesOfItem(atPath: path + suffix)[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(suffix)")
    }
    withExtendedLifetime(store) {}
  }

  @Test func `whether a triplet has passed is judged by the delay of the day`() throws {
    let store = store()
    try store.apply([Records.triplet("a", first: 0, last: 100), Records.triplet("b", first: 100, last: 100)])
    var rules = GreylistRules()
    rules.delay = 60
    let later = GreylistExpiry(now: rules.retryWindow + 1000, rules: rules)
    #expect(try store.expire(later, most: 1) == 1, "by now a has passed")
    #expect(try store.records(for: Records.keys("b")).triplet != nil)
    #expect(try store.expire(later, most: 1) == 1, "b waits still")
    #expect(try store.expire(later, most: 1) == 0)
    #expect(try store.records(for: Records.keys("a")).triplet != nil)
    #expect(try store.records(for: Records.keys("b")).triplet == nil)
    let muchLater = GreylistExpiry(now: rules.maxAge + 101, rules: rules)
    #expect(try store.expire(muchLater, most: 10) == 1)
  }

  /// Two of three have passed.
  @Test func `a shorter delay makes no step of expiry a longer one`() throws {
    let store = store()
    try store.apply(
      (0..<90).map { number in
        Records.triplet("\(number)", first: number.isMultiple(of: 3) ? 100 : 0, last: 100 + Int64(number))
      })
    var rules = GreylistRules()
    rules.delay = 100
    let expiry = GreylistExpiry(now: rules.retryWindow + 1000, rules: rules)
    let database = try Database(path: path, patience: 0)
    for step in 1...9 {
      let before = try database.number("SELECT total(passed = 0) FROM triplet")
      #expect(try store.expire(expiry, most: 10) == 10, "\(step)")
      #expect(try database.number("SELECT total(passed = 0) FROM triplet") == before - 10, "\(step)")
    }
    #expect(try store.expire(expiry, most: 10) == 0)
    #expect(try store.count().triplets == 60)
  }

  @Test func `records from elsewhere give way to what was seen later`() throws {
    let store = store()
    try store.apply([Records.triplet("a", first: 5, last: 10), Records.client("a", count: 2, last: 10)])
    let taken = try store.merge([
      Records.triplet("a", first: 1, last: 9), Records.client("a", count: 7, last: 11),
      Records.triplet("b", first: 1, last: 9),
    ])
    #expect(taken == TripletStoreCount(triplets: 1, clients: 1))
    #expect(
      try store.records(for: Records.keys("a"))
        == GreylistRecords(
          triplet: TripletRecord(first: 5, last: 10), client: ClientRecord(count: 7, last: 11)))
  }

  @Test func `an administrator can read it with sqlite3`() throws {
    let store = store()
    try store.apply([Records.triplet("192.0.2.0/a@b/u@lab", first: 1, last: 2)])
    let database = try Database(path: path, patience: 0)
    #expect(try database.text("SELECT key FROM triplet WHERE last < 10") == "192.0.2.0/a@b/u@lab")
    #expect(try database.text("PRAGMA integrity_check") == "ok")
  }

  @Test func `known triplets are read through the index of their keys`() throws {
    _ = try store().count()
    let database = try Database(path: path, patience: 0)
    // The plan's text is the fourth column; each of its steps is asked for.
    let plan = try database.prepare(
      """
      EXPLAIN QUERY PLAN SELECT triplet.first, client.count FROM (SELECT 1)
      LEFT JOIN triplet ON triplet.key = ?1 LEFT JOIN client ON client.key = ?2
      """)
    var steps: [String] = []
    while try plan.step() { steps.append(plan.text(at: 3)) }
    #expect(steps.contains { $0.hasPrefix("SEARCH triplet USING PRIMARY KEY") }, "\(steps)")
    #expect(steps.contains { $0.hasPrefix("SEARCH client USING PRIMARY KEY") }, "\(steps)")
  }
}
