import Foundation
import Policy
import TestKit
import Testing

@testable import Storage

/// The last step of a takeover, which makes our file of a draft.
@Suite struct TakeOverTests {
  private static func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private static func fill(_ store: SQLiteTripletStore) throws {
    try store.apply((0..<2000).map { Records.triplet("\($0)", last: 1) })
  }

  @Test func `a draft gets its name with all that is in it`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/postern.db"
    let store = SQLiteTripletStore(path: path + ".new", delay: 300)
    try Self.fill(store)
    try TakeOver.finish(store, path + ".new", as: path)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["postern.db"])
    #expect(try SQLiteTripletStore(path: path, delay: 300).count().triplets == 2000)
  }

  @Test func `a draft whose log stays beside it doesn't get its name`() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/postern.db"
    let store = SQLiteTripletStore(path: path + ".new", delay: 300)
    try Self.fill(store)
    // Whoever closes a database last takes its log in.
    let other = try Database(path: path + ".new", patience: 0)
    #expect(try other.number("SELECT count(*) FROM triplet") == 2000)
    #expect(
      throws: PostgreyImportError.store(
        TripletStoreError(reason: "\(path).new: its log can't be brought into it"))
    ) { try TakeOver.finish(store, path + ".new", as: path) }
    #expect(!Self.isThere(path))
    #expect(try other.number("SELECT count(*) FROM triplet") == 2000)
  }

  @Test(.enabled(if: SmallDisk.canBeHad))
  func `a draft that its log has no room in doesn't get its name`() throws {
    let disk = try SmallDisk(size: "2m")
    let path = disk.path + "/postern.db"
    let store = SQLiteTripletStore(path: path + ".new", delay: 300)
    try Self.fill(store)
    disk.fill()
    #expect(throws: PostgreyImportError.self) { try TakeOver.finish(store, path + ".new", as: path) }
    #expect(!Self.isThere(path))
  }
}
