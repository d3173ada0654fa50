import Foundation
import Glibc
import Policy
import TestKit
import Testing

@testable import Storage

/// Writes and syncs that fail with EIO: what was answered for is there, and the next request finds a store that works.
@Suite(.serialized, .timeLimit(.minutes(10)), .enabled(if: FailingCalls.canBeHad))
struct FailingDiskTests {
  /// In a process of its own: the tests beside it write, too.
  @Test func `a write or a sync that fails costs its own request, and nothing that was answered for`()
    async throws
  {
    await #expect(processExitsWith: .success) {
      let directory = try TemporaryDirectory()
      let store = SQLiteTripletStore(path: directory.path + "/postern.db", delay: 300)
      try store.apply([Records.triplet("first", last: 1)])
      var answered = ["first"]
      var reasons: Set<String> = []
      func attempt(_ body: () throws -> Void) {
        do { try body() } catch { reasons.insert((error as? TripletStoreError)?.reason ?? "\(error)") }
      }
      for call in 1...24 {
        let failing = try FailingCalls(call)
        for step in 0..<3 {
          attempt {
            try store.apply([Records.triplet("\(call)/\(step)", last: 1)])
            answered.append("\(call)/\(step)")
          }
          attempt { try store.checkpoint() }
        }
        failing.end()
        try store.apply([Records.triplet("\(call)", last: 1)])
        answered.append("\(call)")
        for name in answered {
          try #require(try store.records(for: Records.keys(name)).triplet != nil, "\(name)")
        }
      }
      store.close()
      let path = directory.path + "/postern.db"
      try #require(try Database(path: path, patience: 0).text("PRAGMA integrity_check") == "ok")
      try #require(answered.count > 60 && !reasons.isEmpty)
      try #require(
        reasons.allSatisfy { $0.contains("can't be read or written") }, "\(reasons)")
    }
  }
}
