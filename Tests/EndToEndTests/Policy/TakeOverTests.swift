import Foundation
import Glibc
import Testing

extension EndToEnd {
  /// The cut-over: the real postgrey is stopped, and posternd starts with its command line on its directory.
  @Suite(.enabled(if: access("/usr/sbin/postgrey", X_OK) == 0, "postgrey is not installed"))
  struct TakeOverTests {
    private static let known = PolicyQuestion(client: "192.0.2.1", sender: "known@b.example")
    private static let waiting = PolicyQuestion(client: "198.51.100.1", sender: "waiting@b.example")
    private static let stranger = PolicyQuestion(client: "203.0.113.1", sender: "stranger@b.example")
    /// Whatever it sends.
    private static let whitelisted = PolicyQuestion(client: "100.64.0.1", sender: "new@b.example")

    @Test func `who is known to postgrey is known after the cut-over, and its files are as they were`()
      async throws
    {
      let run = try RunDirectory()
      let postgrey = try await GreylistDaemon(.postgrey, in: run)
      try await Self.teach(postgrey)
      try await postgrey.stop()
      try FileManager.default.removeItem(atPath: postgrey.socket)
      let before = try Self.database(in: run)
      #expect(before["postgrey.db"] != nil && before["postgrey_clients.db"] != nil)

      let first = try await GreylistDaemon(.posternd, in: run)
      try await Self.expectTheirOwn(first)
      #expect(first.log.contains("postgrey's database is taken over"), first.logs)
      try await first.stop()
      let after = try Self.database(in: run)
      #expect(after == before)

      let second = try await GreylistDaemon(.posternd, in: run)
      // The stranger may come back within the second, as new.
      try await Self.expectTheirOwn(second, isFirst: false)
      try await second.stop()
    }

    /// Requests of the last hours; 1.37 takes their time from an attribute.
    private static func teach(_ postgrey: GreylistDaemon) async throws {
      let now = Int64(Date().timeIntervalSince1970)
      let client = try postgrey.client()
      func ask(_ question: PolicyQuestion, at time: Int64) async throws -> String {
        let before = client.replies.count
        try await client.send(PolicyQuestion.bytes(question.lines + ["policy_test_time=\(time)"]))
        let replies = try await client.replies(before + 1)
        return String(try #require(replies.last).prefix { $0 != " " })
      }
      // Five successes, each in an hour of its own.
      for hour in 1...5 as ClosedRange<Int64> {
        var question = whitelisted
        question.sender = "mail\(hour)x@b.example"
        let first = now - (7 - hour) * 4000
        #expect(try await ask(question, at: first) == "DEFER_IF_PERMIT")
        #expect(try await ask(question, at: first + 400) != "DEFER_IF_PERMIT")
      }
      #expect(try await ask(known, at: now - 1000) == "DEFER_IF_PERMIT")
      #expect(try await ask(known, at: now - 600) != "DEFER_IF_PERMIT")
      #expect(try await ask(waiting, at: now - 100) == "DEFER_IF_PERMIT")
    }

    private static func expectTheirOwn(_ daemon: GreylistDaemon, isFirst: Bool = true) async throws {
      let client = try daemon.client()
      for (question, action, reason) in [
        (known, "DUNNO", "triplet found"), (whitelisted, "DUNNO", "client AWL"),
        (waiting, "DEFER_IF_PERMIT", "early-retry ("),
        (stranger, "DEFER_IF_PERMIT", isFirst ? "new" : ""),
      ] {
        let answer = try await client.ask(question)
        #expect(answer.prefix { $0 != " " } == action, "\(question.sender)")
        try await eventually("the reason of \(question.sender) is logged", within: .seconds(5)) {
          daemon.log.split(separator: "\n").contains {
            $0.contains("reason=\(reason)") && $0.contains("sender=\(question.sender)")
          }
        }
      }
      let attributes = try FileManager.default.attributesOfItem(
        atPath: daemon.run.path("greylist.db/postern.db"))
      #expect(attributes[.ownerAccountName] as? String == "postgrey")
    }

    /// postgrey's own files: its tables and its logs.
    private static func database(in run: RunDirectory) throws -> [String: Data] {
      let directory = run.path("greylist.db")
      let names = try FileManager.default.contentsOfDirectory(atPath: directory).filter {
        $0.hasPrefix("log.") || $0 == "postgrey.db" || $0 == "postgrey_clients.db"
      }
      return try names.reduce(into: [:]) {
        $0[$1] = try Data(contentsOf: URL(filePath: "\(directory)/\($1)"))
      }
    }
  }
}
