import Foundation
import Glibc
import Policy
import SystemCalls
import TestKit
import Testing

@testable import Storage

/// Databases that a real postgrey has written.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct PostgreyImportTests {
  private static let now: Int64 = 1_700_000_000
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try #require(access("/usr/sbin/postgrey", X_OK) == 0, "scripts/packages.sh test installs it")
  }

  private var path: String { directory.path }

  /// One that waits, one that has passed with its client, one that is too old, and a crowd.
  private static let requests =
    [
      Postgrey.Request(
        at: now - 40 * 86_400, address: "192.0.9.1", sender: "old@b.example", recipient: "u@lab"),
      Postgrey.Request(at: now, address: "192.0.2.1", sender: "New+x@b.example", recipient: "U@lab"),
      Postgrey.Request(at: now - 900, address: "2001:db8::1", sender: "", recipient: "u@lab"),
      Postgrey.Request(at: now - 400, address: "2001:db8::1", sender: "", recipient: "u@lab"),
      Postgrey.Request(at: now, address: "192.0.3.1", sender: "p%\\q\u{e9}@b.example", recipient: "ü@lab"),
    ]
    + (0..<1500).map {
      Postgrey.Request(
        at: now + $0, address: "10.\($0 / 250).\($0 % 250).1", sender: "crowd@b.example", recipient: "u@lab")
    }

  private static let expiry = GreylistExpiry(now: now, rules: GreylistRules())

  private func checkRecords(in store: SQLiteTripletStore) throws {
    func record(_ key: String) throws -> TripletRecord? {
      try store.records(for: Records.keys(key)).triplet
    }
    let now = Self.now
    #expect(try record("192.0.2.0/new@b.example/u@lab") == TripletRecord(first: now, last: now))
    #expect(
      try record("2001:DB8:0:0:0:0:0:0//u@lab".lowercased())
        == TripletRecord(first: now - 900, last: now - 400))
    #expect(
      try store.records(for: Records.keys("2001:DB8:0:0:0:0:0:1")).client
        == ClientRecord(count: 1, last: now - 400))
    #expect(try record("192.0.9.0/old@b.example/u@lab") == nil)
    #expect(
      try record("10.5.249.0/crowd@b.example/u@lab") == TripletRecord(first: now + 1499, last: now + 1499))
    // Those bytes that are no ASCII letters stay.
    #expect(try record("192.0.3.0/p%\\q\u{e9}@b.example/ü@lab") == TripletRecord(first: now, last: now))
    #expect(try store.count() == TripletStoreCount(triplets: 1503, clients: 1))
  }

  private static var complete: PostgreyImportReport {
    var report = PostgreyImportReport()
    report.triplets.taken = 1503
    report.triplets.expired = 1
    report.clients.taken = 1
    return report
  }

  /// SIGKILL: nothing is in the files but in the log.
  @Test(arguments: [SIGTERM, SIGKILL]) func `a stopped postgrey's database is taken over`(signal: Int32)
    throws
  {
    let postgrey = try Postgrey(directory: path, asked: Self.requests)
    postgrey.end(by: signal)
    let before = try contents()
    #expect(try TakeOver.run(directory: path, expiry: Self.expiry) == .tookOver(Self.complete))
    try checkRecords(in: SQLiteTripletStore(path: path + "/postern.db", delay: 300))
    #expect(try TakeOver.run(directory: path, expiry: Self.expiry) == .notNeeded)
    var after = try contents()
    for suffix in ["", "-wal", "-shm"] { after["postern.db" + suffix] = nil }
    #expect(after == before, "what postgrey has is as it was, and no copy is left")
  }

  /// Names and sizes with times of change.
  private func contents() throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: path)
    return try Dictionary(
      uniqueKeysWithValues: names.map { name in
        let of = try FileManager.default.attributesOfItem(atPath: "\(path)/\(name)")
        return (name, "\(of[.size] ?? "") \(of[.modificationDate] ?? "")")
      })
  }

  @Test func `a running postgrey's database is taken beside our own`() throws {
    let postgrey = try Postgrey(directory: path, asked: Self.requests)
    let store = SQLiteTripletStore(path: path + "/ours.db", delay: 300)
    try store.apply([Records.client("2001:DB8:0:0:0:0:0:1", count: 3, last: Self.now)])
    let report = try PostgreyImport(expiry: Self.expiry, pace: .besideService)
      .run(from: path, into: store, scratch: path)
    var expected = Self.complete
    expected.clients.taken = 0
    expected.clients.known = 1
    #expect(report == expected)
    #expect(try store.count() == TripletStoreCount(triplets: 1503, clients: 1))
    postgrey.end(by: SIGTERM)
  }

  @Test func `a log that can't be used costs what isn't in the files`() throws {
    let postgrey = try Postgrey(directory: path, asked: Self.requests)
    postgrey.end(by: SIGTERM)
    // The version stands after the magic number, in the machine's byte order.
    let log = try FileHandle(forUpdating: URL(filePath: path + "/log.0000000001"))
    try log.seek(toOffset: 16)
    try log.write(contentsOf: Data([99, 0, 0, 0]))
    try log.close()
    guard case .tookOver(let report) = try TakeOver.run(directory: path, expiry: Self.expiry) else {
      return #expect(Bool(false), "there was something to take over")
    }
    guard case .program("db_recover", _, let words)? = report.logTrouble else {
      return #expect(Bool(false), "\(report)")
    }
    #expect(!words.isEmpty)
    #expect(report.triplets == Self.complete.triplets)
  }

  @Test func `without a whitelist of clients there is no database of them`() throws {
    let postgrey = try Postgrey(
      directory: path, flags: ["--auto-whitelist-clients=0"], asked: Self.requests)
    postgrey.end(by: SIGTERM)
    var expected = Self.complete
    expected.clients.taken = 0
    #expect(try TakeOver.run(directory: path, expiry: Self.expiry) == .tookOver(expected))
  }

  @Test func `a directory without postgrey's database says so`() throws {
    let store = SQLiteTripletStore(path: path + "/ours.db", delay: 300)
    #expect(throws: PostgreyImportError.noDatabase(directory: path)) {
      try PostgreyImport(expiry: Self.expiry, pace: .alone).run(from: path, into: store, scratch: path)
    }
    #expect(try TakeOver.run(directory: path, expiry: Self.expiry) == .nothingThere)
    #expect(!FileManager.default.fileExists(atPath: path + "/postern.db"))
  }

  @Test func `a damaged database is an error, and our file isn't made`() throws {
    try directory.write(String(repeating: "damaged ", count: 2000), to: "postgrey.db")
    #expect {
      try TakeOver.run(directory: path, expiry: Self.expiry)
    } throws: { error in
      "\(error)".hasPrefix("db_dump failed with status 1: ")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["postgrey.db"])
  }

  @Test func `an attempt that was cut short is made again`() throws {
    let postgrey = try Postgrey(directory: path, asked: Self.requests)
    postgrey.end(by: SIGTERM)
    let draft = SQLiteTripletStore(path: path + "/postern.db.new", delay: 300)
    try draft.apply([Records.triplet("half", last: 1)])
    draft.close()
    #expect(try TakeOver.run(directory: path, expiry: Self.expiry) == .tookOver(Self.complete))
  }
}
