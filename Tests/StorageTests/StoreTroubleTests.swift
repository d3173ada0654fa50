import Foundation
import Glibc
import Policy
import TestKit
import Testing

@testable import Storage

/// What becomes of a request when the file can't be used, and of the next one when it can.
struct StoreTroubleTests {
  private let directory: TemporaryDirectory
  private let path: String
  private let store: SQLiteTripletStore

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.path + "/postern.db"
    store = SQLiteTripletStore(path: path, delay: 300)
  }

  private func reason(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "none"
    } catch {
      return (error as? TripletStoreError)?.reason.replacingOccurrences(of: path, with: "DB") ?? "\(error)"
    }
  }

  private func put(_ name: String) throws { try store.apply([Records.triplet(name, last: 1)]) }

  private func knows(_ name: String) throws -> Bool {
    try store.records(for: Records.keys(name)).triplet != nil
  }

  @Test func `a directory that is missing, and there later`() throws {
    let store = SQLiteTripletStore(path: directory.path + "/later/postern.db", delay: 300)
    #expect(
      reason { _ = try store.count() } == "\(directory.path)/later/postern.db: its directory is not there")
    try FileManager.default.createDirectory(
      atPath: directory.path + "/later", withIntermediateDirectories: false)
    try store.apply([Records.triplet("a", last: 1)])
    #expect(try store.count().triplets == 1)
  }

  @Test func `a file that is a link isn't followed, wherever it leads`() throws {
    let elsewhere = directory.path + "/elsewhere.db"
    let other = SQLiteTripletStore(path: elsewhere, delay: 300)
    try other.apply([Records.triplet("a", last: 1)])
    other.close()
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
    #expect(reason { try put("b") } == "DB: a link, which is not followed: name the file itself")
    #expect(try other.count().triplets == 1)
  }

  @Test func `links on the way to the file's directory are followed`() throws {
    let link = directory.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: directory.path)
    let store = SQLiteTripletStore(path: link + "/postern.db", delay: 300)
    try store.apply([Records.triplet("a", last: 1)])
    #expect(try knows("a"))
  }

  @Test func `who is known is known while another program writes, and a stranger isn't noted`() throws {
    try put("a")
    let other = try Database(path: path, patience: 0)
    try other.beginWriting()
    #expect(
      try store.apply([], strangers: [Records.stranger("a")]) == [store.records(for: Records.keys("a"))])
    let start = ContinuousClock.now
    #expect(
      reason { _ = try store.apply([], strangers: [Records.stranger("a"), Records.stranger("b")]) }
        == "DB: locked by another program")
    #expect(ContinuousClock.now - start >= .milliseconds(90), "it has waited for its turn")
    other.rollBack()
    #expect(try store.apply([], strangers: [Records.stranger("b")]) == [nil])
    #expect(try knows("a") && knows("b"))
  }

  @Test func `a database that another program holds, and lets go`() throws {
    try put("a")
    let other = try Database(path: path, patience: 0)
    try other.beginWriting()
    let start = ContinuousClock.now
    #expect(reason { try put("b") } == "DB: locked by another program")
    #expect(ContinuousClock.now - start < .seconds(5))
    #expect(try knows("a"), "whoever only reads isn't kept out")
    other.rollBack()
    try put("b")
    #expect(try knows("b"))
  }

  @Test func `a database that another program has for itself alone`() throws {
    try put("a")
    store.close()
    var other: Database? = try Database(path: path, patience: 0)
    try other?.run("PRAGMA locking_mode = EXCLUSIVE")
    try other?.beginWriting()
    let start = ContinuousClock.now
    #expect(reason { _ = try knows("a") } == "DB: locked by another program")
    #expect(ContinuousClock.now - start < .seconds(5))
    other?.rollBack()
    other = nil
    #expect(try knows("a"))
  }

  @Test func `a database that has no room, and gets some`() throws {
    try put("a")
    let limit = try #require(try pageCount())
    try store.limitPages(to: limit)
    #expect(
      reason { for number in 0..<100 { try put("\(number)" + String(repeating: "x", count: 500)) } }
        == "DB: no space left on the disk")
    #expect(try knows("a"))
    try store.limitPages(to: limit + 1000)
    try put("b")
    #expect(try knows("b"))
  }

  private func pageCount() throws -> Int64? {
    try Database(path: path, patience: 0).number("PRAGMA page_count")
  }

  @Test(arguments: [0, 1, 2]) func `pages that were overwritten`(page: UInt64) throws {
    try put("a")
    try store.apply((0..<500).map { Records.triplet("\($0)", last: 1) })
    store.close()
    // The header stays: it says whose file this is.
    try overwrite(at: page * 4096 + (page == 0 ? 100 : 0), count: 3996)
    let said = reason {
      for number in 0..<500 { _ = try knows("\(number)") }
      _ = try store.expire(GreylistExpiry(now: 1, rules: GreylistRules()), most: 10)
      _ = try store.count()
    }
    #expect(said.hasPrefix("DB: damaged; it is set aside as DB.damaged, and an empty one"), "\(said)")
    #expect(FileManager.default.fileExists(atPath: path + ".damaged"))
    try put("b")
    #expect(try knows("b"))
    #expect(try store.count().triplets == 1)
  }

  @Test func `a file that was damaged while it was open`() throws {
    try store.apply((0..<5000).map { Records.triplet("\($0)" + String(repeating: "x", count: 900), last: 1) })
    try store.checkpoint()
    try overwrite(at: 0, count: 5_000_000)
    let said = reason {
      for number in 0..<5000 { _ = try knows("\(number)" + String(repeating: "x", count: 900)) }
    }
    #expect(said.hasPrefix("DB: damaged; it is set aside"), "\(said)")
    #expect(try !knows("a"))
  }

  @Test func `what is no database of ours is left alone`() throws {
    try directory.write("Dear diary, it is not so that I am a database.\n", to: "postern.db")
    #expect(reason { try put("a") } == "DB: not an SQLite database, and left alone")
    try FileManager.default.removeItem(atPath: path)
    try Data().write(to: URL(filePath: path))
    var other: Database? = try Database(path: path, patience: 0)
    try other?.run("CREATE TABLE diary (text)")
    other = nil
    #expect(reason { try put("a") } == "DB: another program's database, which is left alone")
    #expect(!FileManager.default.fileExists(atPath: path + ".damaged"))
    try FileManager.default.removeItem(atPath: path)
    try put("a")
  }

  @Test func `a newer Postern's database is left alone`() throws {
    try put("a")
    store.close()
    try Database(path: path, patience: 0).run("PRAGMA user_version = 4")
    #expect(reason { try put("b") } == "DB: made by a newer Postern (schema 4, this one reads up to 3)")
    try Database(path: path, patience: 0).run("PRAGMA user_version = 3")
    #expect(try knows("a"))
  }

  @Test func `an older Postern's database gets what it lacks, and keeps what it has`() throws {
    try put("a")
    store.close()
    let older = try Database(path: path, patience: 0)
    try older.run("DROP TABLE correspondence")
    try older.run("PRAGMA user_version = 1")
    #expect(try knows("a"))
    let correspondence = Records.correspondence("b", last: 5)
    try store.apply([correspondence])
    #expect(try store.records(for: Records.answer("b")).correspondence == 5)
    store.close()
    let pool = PoolWrite(key: PoolKey(bytes: Array("p\n".utf8)), record: TripletRecord(first: 1, last: 2))
    try Database(path: path, patience: 0).run("DROP TABLE pool")
    try Database(path: path, patience: 0).run("PRAGMA user_version = 2")
    try store.apply([GreylistWrites(pools: [pool])])
    #expect(try store.count() == TripletStoreCount(triplets: 1, clients: 0, correspondents: 1, pools: 1))
  }

  private func overwrite(at offset: UInt64, count: Int) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path))
    try file.seek(toOffset: offset)
    try file.write(contentsOf: Data(repeating: 0xA5, count: count))
    try file.close()
  }
}
