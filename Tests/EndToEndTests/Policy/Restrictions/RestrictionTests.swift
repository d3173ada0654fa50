import TestKit
import Testing

extension EndToEnd {
  /// Each restriction beside Postfix's own, asked by the same clients.
  @Suite struct RestrictionTests {
    @Test func `Postfix's own lists and ours give the same answers`() async throws {
      let cases = RestrictionCase.all
      // Clients without a name are looked up; it knows nobody.
      let server = try NameServer.usual()
      try await RestrictionHost.with(cases, options: .init(nameServer: server.address)) { host in
        try await host.compare(cases)
      }
      #expect(server.asked > 0)
    }
  }
}

extension RestrictionHost {
  /// Asks both sides of each case for each of its senders.
  func compare(_ cases: [RestrictionCase]) async throws {
    for (number, row) in cases.enumerated() {
      let native = try SMTPDialogue(to: native(number))
      let ours = try SMTPDialogue(to: ours(number))
      for expected in row.rows {
        let title: Comment = "\(row.list) at \(row.stage): \(expected.probe)"
        let theirs = try native.ask(expected.probe)
        #expect(theirs == expected.reply, title)
        let reply = try ours.ask(expected.probe)
        #expect(reply == expected.ours?.reply ?? expected.reply, title)
      }
    }
  }
}
