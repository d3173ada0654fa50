import Foundation
import TestKit
import Testing

extension EndToEnd {
  /// `postern dnsbl`: what all lists say of an address or a domain.
  @Suite struct DNSBLCommandTests {
    private static let lists = """
      9.2.0.192.bl.example A 127.0.0.2 | 127.0.0.10
      9.2.0.192.bl.example TXT see http://bl.example/9
      9.2.0.192.wl.example A 127.0.5.1
      10.2.0.192.wl.example A 127.0.5.1
      11.2.0.192.bl.example * TIMEOUT
      11.2.0.192.wl.example * SERVFAIL
      12.2.0.192.bl.example A 127.255.255.254
      13.2.0.192.bl.example A 127.0.0.11
      spam.example.rhs.example A 127.0.1.2
      """
    private static let restrictions =
      "\"reject_rbl_client bl.example=127.0.0.[2..10]\", \"permit_dnswl_client wl.example\", "
      + "\"reject_rhsbl_sender rhs.example\""

    /// Runs `postern dnsbl` with a configuration of its own; there is no daemon.
    private static func dnsbl(
      _ arguments: [String], restrictions: String = restrictions, server: NameServer
    ) async throws -> Finished {
      let run = try RunDirectory()
      let file = try run.write(
        """
        [policy.recipient]
        listen = ["unix:\(run.path("policy"))"]
        restrictions = [\(restrictions)]
        [mail]
        from_postfix = ""
        [dns]
        servers = ["\(server.endpoint)"]
        timeout = "1s"
        attempts = 1
        """, to: "postern.toml")
      return try await EndToEndTests.run(
        Project.program("postern"), ["dnsbl", "-c", file] + arguments)
    }

    /// The table's cells, without the times.
    private static func rows(_ finished: Finished) -> [[String]] {
      finished.output.split(separator: "\n").map { line in
        var cells = line.replacing(#/ {2,}/#, with: "\t").split(separator: "\t").map(String.init)
        if cells.count > 4 { cells.remove(at: 4) }
        return cells
      }
    }

    private static func server() -> NameServer {
      let server = NameServer()
      server.load(lists)
      return server
    }

    @Test func `a table of all lists, and 1 for what some blocklist has`() async throws {
      let server = Self.server()
      let listed = try await Self.dnsbl(["192.0.2.9", "spam.example"], server: server)
      #expect(listed.status == 1 && listed.errors == "", "\(listed)")
      #expect(
        Self.rows(listed) == [
          ["SUBJECT", "LIST", "STATE", "CODES", "TEXT"],
          ["192.0.2.9", "bl.example", "listed", "127.0.0.2,127.0.0.10", "see http://bl.example/9"],
          ["192.0.2.9", "wl.example", "listed", "127.0.5.1"],
          ["spam.example", "rhs.example", "listed", "127.0.1.2"],
        ], "\(listed)")
    }

    @Test func `what only the lists of the good have is good`() async throws {
      let server = Self.server()
      let good = try await Self.dnsbl(["192.0.2.10", "ham.example"], server: server)
      #expect(good.status == 0, "\(good)")
      #expect(
        Self.rows(good).dropFirst() == [
          ["192.0.2.10", "bl.example", "not listed", "-"],
          ["192.0.2.10", "wl.example", "listed", "127.0.5.1"],
          ["ham.example", "rhs.example", "not listed", "-"],
        ], "\(good)")
    }

    @Test func `without any answer it is 75, and an answer that refuses counts as none of a list`()
      async throws
    {
      let server = Self.server()
      let silent = try await Self.dnsbl(["192.0.2.11"], server: server)
      #expect(silent.status == 75, "\(silent)")
      #expect(
        silent.output.contains("no answer in time") && silent.output.contains("server failure"), "\(silent)")
      let refused = try await Self.dnsbl(["192.0.2.12"], server: server)
      #expect(refused.status == 0 && refused.output.contains("not believed"), "\(refused)")
      #expect(refused.output.contains("run a local one"), "\(refused)")
    }

    @Test func `a code that no filter lets through isn't counted`() async throws {
      let other = try await Self.dnsbl(["192.0.2.13"], server: Self.server())
      #expect(other.status == 0 && other.errors == "", "\(other)")
      #expect(
        Self.rows(other).dropFirst().first == [
          "192.0.2.13", "bl.example", "listed, not counted", "127.0.0.11",
        ], "\(other)")
    }

    @Test func `JSON has the same`() async throws {
      let server = Self.server()
      let listed = try await Self.dnsbl(["--json", "192.0.2.9"], server: server)
      #expect(listed.status == 1, "\(listed)")
      let entries = try #require(
        try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [[String: Any]], "\(listed)")
      #expect(entries.map { $0["list"] as? String } == ["bl.example", "wl.example"])
      #expect(entries.map { $0["state"] as? String } == ["listed", "listed"])
      #expect(entries.map { $0["blocks"] as? Bool } == [true, false])
      #expect(entries[0]["codes"] as? [String] == ["127.0.0.2", "127.0.0.10"])
      #expect(entries[0]["texts"] as? [String] == ["see http://bl.example/9"])
      #expect((entries[0]["ms"] as? Int).map { $0 >= 0 } == true)
    }

    @Test func `what can't be asked is said, and how`() async throws {
      let server = Self.server()
      let wrong = try await Self.dnsbl(["a..b"], server: server)
      #expect(wrong.status == 64 && wrong.errors.contains("neither an address nor a domain"), "\(wrong)")
      let none = try await Self.dnsbl(["192.0.2.9"], restrictions: "\"permit\"", server: server)
      #expect(none.status == 78 && none.errors.contains("no restriction asks a list"), "\(none)")
      let unasked = try await Self.dnsbl(
        ["spam.example"], restrictions: "\"reject_rbl_client bl.example\"", server: server)
      #expect(unasked.status == 78 && unasked.errors.contains("about what was named"), "\(unasked)")
      let broken = try await Self.dnsbl(
        [], restrictions: "\"reject_rbl_client bl.example=127\"", server: server)
      #expect(broken.status == 78 && broken.errors.contains("postern.toml:3"), "\(broken)")
    }

    /// A host in a network name space of its own, with an address that others could see.
    @Test func `without an argument it asks about this host's own addresses`() async throws {
      let run = try RunDirectory()
      let file = try run.write(
        """
        [policy.recipient]
        listen = ["unix:\(run.path("policy"))"]
        restrictions = ["reject_rbl_client bl.example"]
        [mail]
        from_postfix = ""
        [dns]
        servers = ["127.0.0.1:9"]
        timeout = "1s"
        attempts = 1
        """, to: "postern.toml")
      let tool = Project.program("postern")
      let script =
        "ip link set lo up && $1 dnsbl -c $2; echo $?; "
        + "ip address add 203.0.113.5/32 dev lo && ip address add 10.1.2.3/32 dev lo && $1 dnsbl -c $2; echo $?"
      let finished = try await EndToEndTests.run(
        "unshare", ["--net", "sh", "-c", script, "sh", tool, file])
      #expect(finished.errors.contains("this host has no public address of its own"), "\(finished)")
      let lines = finished.output.split(separator: "\n")
      #expect(lines.first == "64" && lines.last == "75", "\(finished)")
      #expect(finished.output.contains("203.0.113.5  bl.example  no answer"), "\(finished)")
      #expect(!finished.output.contains("10.1.2.3"), "\(finished)")
    }
  }
}
