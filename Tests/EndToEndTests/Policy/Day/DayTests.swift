import TestKit
import Testing

extension EndToEnd {
  /// A generated day of mail, asked of both daemons: README.md beside this file.
  @Suite struct DayTests {
    private static let flags = [
      [],
      [
        "--delay=60", "--lookup-by-host", "--auto-whitelist-clients=2", "--retry-window=1h", "--privacy",
        "--greylist-text=%r takes it in %s seconds", "--x-greylist-header=X-Late: %t (%v, %h, %d)",
      ],
    ]

    @Test(arguments: flags)
    func `postgrey's actions for a day are ours`(_ flags: [String]) async throws {
      // Another day each time is for who has the time to look into it.
      let seed = Faults.areLong ? UInt64.random(in: 0..<1 << 32) : 1
      let run = try RunDirectory()
      let clock = try await FileClock(in: run, at: MailDay.midnight)
      let reference = try await start(.postgrey, flags, clock)
      let ours = try await start(.posternd, flags, clock)
      var day = MailDay(seed: seed, messages: Faults.areLong ? 20_000 : 1500)
      var tally = DayTally()
      let (real, own) = (try PolicyDialogue(at: reference.socket), try PolicyDialogue(at: ours.socket))
      while let (attempt, questions) = day.next() {
        try clock.set(attempt.at)
        var missed: [String] = []
        for question in questions {
          let expected = try real.ask(question)
          let reply = try own.ask(question)
          tally.count(expected, reply, question, of: attempt.server)
          if !expected.hasPrefix("DUNNO"), !expected.hasPrefix("PREPEND") {
            missed.append(question.recipient)
          }
        }
        day.putOff(attempt, for: missed)
      }
      #expect(tally.unexpected.isEmpty, "seed \(seed)")
      for wanted in MailServer.Class.allCases {
        #expect(tally.differences[wanted, default: 0] > 0, "\(wanted), seed \(seed)")
      }
      // It was a day with everything in it.
      for kind in ["DUNNO", "PREPEND", "DEFER_IF_PERMIT"] {
        #expect(tally.actions[kind, default: 0] > 100, "\(tally.actions), seed \(seed)")
      }
      #expect(Self.actions(in: ours.log) == Self.actions(in: reference.log), "seed \(seed)")
      for reason in [
        "new", "early-retry", "triplet found", "client AWL", "client whitelist", "recipient whitelist",
      ] {
        #expect(reference.log.contains("reason=\(reason)"), "seed \(seed)")
      }
      try await reference.stop()
      try await ours.stop()
    }

    private func start(
      _ daemon: PolicyDaemon, _ flags: [String], _ clock: FileClock
    ) async throws -> GreylistDaemon {
      let run = try RunDirectory()
      return try await GreylistDaemon(
        daemon, in: run,
        options: .init(
          flags: flags, clients: MailServer.whitelist, recipients: "postmaster@\n",
          program: try clock.program(daemon, in: run)))
    }

    /// The lines about requests and clients, without those where a difference is wanted.
    private static func actions(in log: String) -> [Substring] {
      log.split(separator: "\n").filter {
        ($0.contains("action=") || $0.hasPrefix("whitelisted:")) && !$0.contains(".class.example")
      }
    }
  }
}
