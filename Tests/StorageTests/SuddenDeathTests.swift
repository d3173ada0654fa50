import Foundation
import Glibc
import Policy
import Synchronization
import Testing

@testable import Storage

/// `kill -9` in the middle of the store's work: what was answered for is there afterwards.
// One at a time: each tells its child through the environment.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct SuddenDeathTests {
  /// Tells on standard output which directory it works in, and each triplet that the store has answered for.
  private final class Witness: Sendable {
    private let thread = Mutex<StoreThread?>(nil)
    private let told = Mutex(0)

    func watch(_ thread: StoreThread) { self.thread.withLock { $0 = thread } }

    func tell(_ line: String) {
      let bytes = Array((line + "\n").utf8)
      precondition(write(1, bytes, bytes.count) == bytes.count)
    }

    /// Called on the store's thread.
    func ring() {
      let answers = thread.withLock { $0?.takeAnswers() ?? [] }
      for answer in answers where answer.outcome == .applied { tell("\(answer.ticket)") }
      told.withLock { $0 += answers.count }
    }

    var count: Int { told.withLock { $0 } }
  }

  @Test(arguments: [300, 1000, 2500, 4001]) func `every triplet that was answered for is there`(deaths: Int)
    async throws
  {
    setenv("POSTERN_TEST_DEATH", "\(deaths)", 1)
    let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
      let witness = Witness()
      let death = Int(ProcessInfo.processInfo.environment["POSTERN_TEST_DEATH"] ?? "") ?? 1000
      var template = Array("/tmp/postern-death-XXXXXX".utf8CString)
      try #require(mkdtemp(&template) != nil)
      let directory = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
      witness.tell("at \(directory)")
      let thread = try StoreThread(
        open: { SQLiteTripletStore(path: directory + "/postern.db", delay: 300) }, ring: witness.ring)
      witness.watch(thread)
      var ticket: UInt64 = 0
      while true {
        // The desk is full now and then; the thread goes on meanwhile.
        let job = StoreJob.apply([Records.triplet("death-\(ticket)", first: 1, last: 1, isAwaited: true)])
        if (try? thread.submit(job, ticket: ticket)) != nil { ticket += 1 }
        if witness.count >= death { kill(getpid(), SIGKILL) }
      }
    }
    let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
    let lines = output.split(separator: "\n")
    let directory = try #require(lines.first { $0.hasPrefix("at ") }?.dropFirst(3))
    defer { try? FileManager.default.removeItem(atPath: String(directory)) }
    let answered = lines.compactMap { UInt64($0) }
    #expect(answered.count >= deaths)
    let path = "\(directory)/postern.db"
    let store = SQLiteTripletStore(path: path, delay: 300)
    for ticket in answered {
      #expect(
        try store.records(for: Records.keys("death-\(ticket)")).triplet == TripletRecord(first: 1, last: 1))
    }
    #expect(try Database(path: path, patience: 100).text("PRAGMA integrity_check") == "ok")
  }
}
