import Foundation
import Policy
import TestKit
import Testing

@testable import Storage

/// What is on the disk when the power fails: of what wasn't brought there for certain any sector may be there or not.
///
/// The log is brought there when a checkpoint begins, and the database's pages when it ends; nobody may be answered
/// wrong after that, and of the newest some may be lost.
struct PowerCutTests {
  private static let sector = 512
  private static let images = 1000
  /// Commits before the last checkpoint, and all of them.
  private static let (safe, all) = (20, 60)

  /// A store's files; its shared memory is gone with the power.
  private struct Image {
    var database: [UInt8]
    var log: [UInt8]
  }

  private let directory: TemporaryDirectory
  private let store: SQLiteTripletStore

  init() throws {
    directory = try TemporaryDirectory()
    store = SQLiteTripletStore(path: directory.path + "/postern.db", delay: 300)
    for number in 0..<Self.all {
      if number == Self.safe { try store.checkpoint() }
      try store.apply([Records.triplet(Self.name(number), last: Int64(number))])
    }
  }

  /// Their order isn't that of the pages.
  private static func name(_ number: Int) -> String { "\(number * 7919 % 1000)/\(number)/a@b.example" }

  private func image() throws -> Image {
    let path = directory.path + "/postern.db"
    return Image(
      database: Array(try Data(contentsOf: URL(filePath: path))),
      log: Array(try Data(contentsOf: URL(filePath: path + "-wal"))))
  }

  /// How many of the commits, from the first on, a store finds in `image`; nil when it is damaged, or one is missing
  /// before another one.
  private func commits(in image: Image, _ number: Int) throws -> Int? {
    let path = directory.path + "/\(number).db"
    try Data(image.database).write(to: URL(filePath: path))
    try Data(image.log).write(to: URL(filePath: path + "-wal"))
    defer {
      for end in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + end) }
    }
    let store = SQLiteTripletStore(path: path, delay: 300)
    let found = try store.triplets(after: nil, most: Self.all + 1)
    store.close()
    guard try Database(path: path, patience: 0).text("PRAGMA integrity_check") == "ok" else { return nil }
    let names = Set(found.map(\.key.bytes))
    let isPrefix = (0..<found.count).allSatisfy { names.contains(Array(Self.name($0).utf8)) }
    return isPrefix ? found.count : nil
  }

  @Test func `of a log that isn't whole the newest are lost, and nothing else`() throws {
    let whole = try image()
    #expect(try commits(in: whole, 0) == Self.all)
    var random = SeededGenerator(seed: 37)
    var left: Set<Int> = []
    for number in 1...Self.images {
      var image = whole
      let place = Int.random(in: 0..<(image.log.count / Self.sector), using: &random) * Self.sector
      switch number % 3 {
      case 0: image.log.removeSubrange(place...)
      case 1:
        image.log.replaceSubrange(place..<place + Self.sector, with: repeatElement(0, count: Self.sector))
      default:
        for index in place..<place + Self.sector { image.log[index] = .random(in: 0...255, using: &random) }
      }
      let found = try #require(try commits(in: image, number), "\(number): at \(place)")
      #expect((Self.safe...Self.all).contains(found))
      left.insert(found)
    }
    #expect(left.count > 20, "it was cut at many places")
  }

  @Test func `a checkpoint that is cut short loses nothing`() throws {
    let before = try image()
    try store.checkpoint()
    let after = try image()
    #expect(before.database != after.database)
    var random = SeededGenerator(seed: 41)
    for number in 1...Self.images {
      var image = before
      let missing = after.database.count - before.database.count
      image.database += [UInt8](repeating: 0, count: missing)
      for place in stride(from: 0, to: after.database.count, by: Self.sector)
      where Bool.random(using: &random) {
        image.database.replaceSubrange(
          place..<place + Self.sector, with: after.database[place..<place + Self.sector])
      }
      // The file may be as short as it was.
      if number % 2 == 0 { image.database.removeLast(missing) }
      #expect(try commits(in: image, number) == Self.all, "\(number)")
    }
  }
}
