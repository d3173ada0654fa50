import MailTypes
import Testing

@testable import Policy

/// `facts/postfix.md` §2.3 and §2.4.
struct MatchListTests {
  @Test(
    arguments: [
      ("127.0.0.1", "unknown", .yes), ("127.1.2.3", "unknown", .no), ("127.1.2.4", "unknown", .yes),
      ("192.0.2.1", "unknown", .yes), ("192.0.2.2", "unknown", .no), ("192.0.2.2", "a.trusted.test", .yes),
      ("192.0.2.2", "trusted.test", .yes), ("192.0.2.2", "not-trusted.test", .no), ("::1", "unknown", .yes),
      ("2001:db8::9", "unknown", .yes), ("2001:db9::9", "unknown", .no), ("10.1.1.1", "unknown", .yes),
    ] as [(String, String, MatchList.Answer)])
  func `the first pattern that matches decides`(address: String, name: String, answer: MatchList.Answer)
    throws
  {
    let list = try PolicyScene.list(
      "!127.1.2.3 127.0.0.0/8, 192.0.2.1 Trusted.test [::1] [2001:db8::]/32\n cidr:{{10.0.0.0/8 x}}", .hosts)
    var tables = TableSet()
    for table in list.tables { tables[table] = try LookupTable(table, contents: []) }
    let given = list.contains(
      host: Array(name.utf8), address: IPAddress(address), parents: .parent, tables: tables)
    #expect(given == answer)
  }

  @Test func `subdomains count for parents only`() throws {
    let list = try PolicyScene.list("relay.test, .dot.test", .names)
    func contains(_ name: String, _ parents: ParentStyle) -> Bool {
      list.contains(domain: Array(name.utf8), parents: parents, tables: TableSet()) == .yes
    }
    #expect(
      contains("relay.test", .parent) && contains("a.relay.test", .parent)
        && !contains("xrelay.test", .parent))
    #expect(contains("relay.test", .dotParent) && !contains("a.relay.test", .dotParent))
    #expect(contains("a.dot.test", .dotParent) && !contains("dot.test", .dotParent))
    #expect(list.contains(name: Array("a.relay.test".utf8), tables: TableSet()) == .no)
  }

  @Test func `files are read in, and negated as a whole`() throws {
    let files = [
      "/a": Array("# comment\n10.0.0.0/8\n  # more\n!/b\n".utf8), "/b": Array("192.0.2.1, 192.0.2.2".utf8),
    ]
    #expect(MatchList.files(in: "x, !/a") == ["/a"])
    let reading = MatchList.read("!/a 0.0.0.0/0", kind: .hosts, files: files)
    #expect(reading.faults == [])
    func answer(_ address: String) -> MatchList.Answer {
      reading.list.contains(host: [], address: IPAddress(address), parents: .parent, tables: TableSet())
    }
    #expect(answer("10.1.1.1") == .no && answer("192.0.2.2") == .yes && answer("192.0.2.3") == .yes)
  }

  @Test(arguments: [
    ("192.0.2.1/24", "192.0.2.1/24 has bits after the prefix; did you mean 192.0.2.0/24?"),
    ("192.0.2.0/33", "192.0.2.0/33 is no network"), ("192.0.2", "192.0.2 matches nothing"),
    ("[::1", "[::1 is no network"), ("2001:db8::/32", "an IPv6 address stands in brackets: [2001:db8::/32]"),
    ("!", "nothing comes after !"), ("mysql:/x", "tables of type mysql: can't be read here"),
    ("/missing", "/missing: can't be read"), ("/loop", "/loop: files include one another"),
  ])
  func `what can't be meant is named`(text: String, fault: String) {
    let faults = MatchList.read("127.0.0.1 \(text)", kind: .hosts, files: ["/loop": Array("/loop".utf8)])
      .faults
    #expect(faults.first?.description.hasPrefix(fault) == true, "\(faults)")
  }

  @Test func `a table that can't be asked is named`() throws {
    let list = try PolicyScene.list("hash:/x", .names)
    #expect(list.contains(name: [], tables: TableSet()) == .failed(try TableName("hash:/x")))
  }
}
