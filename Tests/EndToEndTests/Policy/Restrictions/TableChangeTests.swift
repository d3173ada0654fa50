import Glibc
import Testing

extension EndToEnd {
  /// Tables that change under a service that nobody tells of it.
  @Suite struct TableChangeTests {
    private static let cases = [
      RestrictionCase("check_sender_access texthash:TABLES/changing"),
      RestrictionCase("check_client_access cidr:TABLES/networks"),
      RestrictionCase("check_sender_access hash:TABLES/senders"),
    ]

    @Test func `a changed table is taken, a broken one is said once and the old one stays`() async throws {
      try await RestrictionHost.with(Self.cases) { host in
        let texthash = try SMTPDialogue(to: host.ours(0))
        #expect(try texthash.ask(SMTPProbe()).hasPrefix("250 "))
        try host.run.write("sender.test REJECT now\n", to: "tables/changing")
        try await eventually("the new row counts") {
          try texthash.ask(SMTPProbe()).hasPrefix("554 5.7.1 ")
        }

        let cidr = try SMTPDialogue(to: host.ours(1))
        let inside = SMTPProbe(address: "203.0.113.9")
        #expect(try cidr.ask(inside).hasSuffix("rejected: half"))
        try host.run.write("203.0.113.1/25 REJECT broken\n", to: "tables/networks")
        try await host.gateway.says("the old one stays")
        try host.run.write("sender.test REJECT later\n", to: "tables/changing")
        try await eventually("the next change of another table counts") {
          try texthash.ask(SMTPProbe()).hasSuffix("rejected: later")
        }
        #expect(try cidr.ask(inside).hasSuffix("rejected: half"), host.logs)
        let complaints = host.gateway.log.split(separator: "\n").filter { $0.contains("the old one stays") }
        #expect(complaints.count == 1 && complaints[0].contains("networks"), "\(complaints)")
      }
    }

    @Test func `a changed index is taken by a service that begins anew`() async throws {
      try await RestrictionHost.with(Self.cases) { host in
        let hash = try SMTPDialogue(to: host.ours(2))
        #expect(try hash.ask(SMTPProbe()).hasPrefix("250 "))
        let before = try await host.gateway.part("postern-policy").pid
        try host.run.write("sender.test REJECT indexed\n", to: "tables/senders")
        try await must("postmap", ["-c", host.run.path("conf"), "hash:\(host.run.path("tables/senders"))"])
        try await eventually("the new index counts") {
          try hash.ask(SMTPProbe()).hasSuffix("rejected: indexed")
        }
        #expect(try await host.gateway.part("postern-policy").pid != before)
      }
    }
  }
}
