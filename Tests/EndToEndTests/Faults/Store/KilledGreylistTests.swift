import Glibc
import Testing

extension EndToEnd {
  /// F40, on the wire: whoever was told to come back is known when he does, however the service has ended.
  @Suite struct KilledGreylistTests {
    private static let rounds = Faults.areLong ? 50 : 4
    private static let answersOfRound = 1000
    private static let connections = 20
    /// Longer than all rounds take.
    private static let delay = 3600
    private static let options = GreylistDaemon.Options(
      flags: ["--delay=\(delay)", "--greylist-text=wait %s seconds"])
    private static let new = "DEFER_IF_PERMIT 4.2.0 wait \(delay) seconds"

    @Test func `under load nothing that was answered before a kill -9 is forgotten`() async throws {
      let run = try RunDirectory()
      var greylist = try await GreylistDaemon(.posternd, in: run, options: Self.options)
      var answered: [PolicyQuestion] = []
      for round in 1...Self.rounds {
        var crowd = try PolicyCrowd(
          of: Self.connections, at: greylist.socket, asking: Self.strangers(of: round))
        try await eventually("strangers are answered in round \(round)") {
          crowd.goOn()
          return crowd.answers.count >= Self.answersOfRound
        }
        // All connections have just asked again.
        if round.isMultiple(of: 2) {
          greylist = try await Self.killed(greylist, in: run)
        } else {
          try await Self.killService(of: greylist)
        }
        try await crowd.takeLast()
        let others = crowd.answers.filter { $0.reply != Self.new }
        #expect(others.isEmpty, "round \(round): \(others.prefix(3))\n\(greylist.log)")
        answered += crowd.answers.map(\.question)
      }
      try await expectAllKnown(answered, to: greylist)
      try await greylist.stop()
    }

    /// Without an end; none of them is folded with another.
    private static func strangers(of round: Int) -> some Sequence<PolicyQuestion> {
      (1...).lazy.map { PolicyQuestion(sender: "round\(round)number\($0)x@b.example") }
    }

    /// Ends postern-policy; posternd, which keeps the socket, starts another.
    private static func killService(of greylist: GreylistDaemon) async throws {
      let service = try await greylist.answering()
      kill(service, SIGKILL)
      try await eventually("it is gone") { !ProcessTable.isAlive(service) }
    }

    /// Ends posternd, and with it all of it.
    ///
    /// - Returns: another one in its place.
    private static func killed(
      _ greylist: GreylistDaemon, in run: RunDirectory
    ) async throws -> GreylistDaemon {
      let service = try await greylist.answering()
      try await greylist.process.stop(by: SIGKILL)
      try await eventually("all is gone") { !ProcessTable.isAlive(service) }
      return try await GreylistDaemon(.posternd, in: run, options: options)
    }

    /// Asks all of them again: of a new one the service would want the whole delay once more.
    private func expectAllKnown(_ answered: [PolicyQuestion], to greylist: GreylistDaemon) async throws {
      let last = time(nil)
      try await eventually("the second in which the last was answered is over") { time(nil) > last }
      var crowd = try PolicyCrowd(of: Self.connections, at: greylist.socket, depth: 20, asking: answered)
      try await eventually("all are answered again", within: .seconds(120)) {
        crowd.goOn()
        return crowd.answers.count == answered.count
      }
      let forgotten = crowd.answers.filter { !Self.isEarlyRetry($0.reply) }
      #expect(
        forgotten.isEmpty,
        "\(forgotten.count) of \(answered.count), such as \(forgotten.prefix(3))\n\(greylist.log.suffix(2000))"
      )
      #expect(answered.count >= Self.rounds * Self.answersOfRound)
    }

    private static func isEarlyRetry(_ reply: String) -> Bool {
      guard let match = reply.wholeMatch(of: /DEFER_IF_PERMIT 4\.2\.0 wait (\d+) seconds/) else {
        return false
      }
      return Int(match.1).map { $0 < delay } ?? false
    }
  }
}
