import Foundation
import Policy
import TestKit
import Testing

@testable import Storage

/// A file system of its own that has no room: needs the right to mount one.
@Suite(.enabled(if: SmallDisk.canBeHad))
struct FullDiskTests {
  private func reason(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "none"
    } catch {
      return (error as? TripletStoreError)?.reason ?? "\(error)"
    }
  }

  @Test func `a disk that is full, and has room again`() throws {
    let disk = try SmallDisk(size: "2m")
    let path = disk.path + "/postern.db"
    let store = SQLiteTripletStore(path: path, delay: 300)
    try store.apply([Records.triplet("a", last: 1)])
    disk.fill()
    let said = reason {
      for number in 0..<2000 { try store.apply([Records.triplet("\(number)", last: 1)]) }
    }
    #expect(said == "\(path): no space left on the disk")
    #expect(try store.records(for: Records.keys("a")).triplet != nil, "what is known stays known")
    disk.clear()
    try store.apply([Records.triplet("b", last: 1)])
    #expect(try store.records(for: Records.keys("b")).triplet != nil)
    store.close()
    #expect(try Database(path: path, patience: 0).text("PRAGMA integrity_check") == "ok")
  }

  @Test func `a disk that is full from the beginning`() throws {
    let disk = try SmallDisk(size: "1m")
    let path = disk.path + "/postern.db"
    let store = SQLiteTripletStore(path: path, delay: 300)
    disk.fill()
    #expect(reason { _ = try store.count() }.contains("pace left on"))
    disk.clear()
    try store.apply([Records.triplet("b", last: 1)])
    #expect(try store.count().triplets == 1)
  }
}
