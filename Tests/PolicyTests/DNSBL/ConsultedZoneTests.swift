import MailTypes
import Testing

@testable import Policy

struct ConsultedZoneTests {
  @Test func `each list is consulted once, for all that restrictions ask of it`() throws {
    let scene = try PolicyScene(
      ["reject_rbl_client both.example=127.0.0.2, warn_if_reject reject_rhsbl_sender both.example", "named"],
      lists: ["named": ["permit_dnswl_client Good.example", "reject_rhsbl_helo names.example"]])
    let zones = scene.policy.zones(with: scene.facts.tables).sorted { "\($0.name)" < "\($1.name)" }
    #expect(zones.map(\.shown) == ["both.example", "Good.example", "names.example"])
    #expect(zones.map(\.forAddresses) == [true, true, false])
    #expect(zones.map(\.forDomains) == [true, false, true])
    #expect(zones.map(\.blocks) == [true, false, true])
    #expect(zones.map(\.allows) == [false, true, false])
  }

  @Test func `those that only a table's result names are consulted, too`() throws {
    let table = "cidr:/clients"
    var scene = try PolicyScene(
      [
        "check_client_access \(table), check_sender_mx_access pcre:{{/(x)/ reject_rbl_client $1.part.example}}"
      ],
      lists: ["called": ["reject_rbl_client called.example"]],
      tables: [
        table: """
        192.0.2.0/24 reject_rbl_client one.example=127.0.0.2, warn_if_reject reject_rhsbl_helo two.example
        198.51.100.0/24 called
        203.0.113.0/24 REJECT reject_rbl_client text.example
        """
      ])
    func names() -> [String] { scene.policy.zones(with: scene.facts.tables).map(\.shown).sorted() }
    #expect(names() == ["called.example", "one.example", "two.example"])
    try scene.add(table, "192.0.2.0/24 DUNNO")
    #expect(names() == ["called.example"])
  }

  private static let filtered =
    "reject_rbl_client z.example=127.0.0.2, permit_dnswl_client z.example=127.0.0.[8;9], "
    + "reject_rhsbl_helo z.example=127.0.1.[0..255]"

  @Test(arguments: [
    (["127.0.0.2"], true, true, true), (["127.0.0.9"], true, true, false),
    (["127.0.0.3"], true, false, false),
    (["127.0.0.3", "127.0.0.2"], true, true, true), (["127.0.1.7"], true, false, false),
    (["127.0.1.7"], false, true, true), (["127.0.0.2"], false, false, false), ([], true, false, false),
  ])
  func `a code counts where a filter lets it through`(
    codes: [String], isAddress: Bool, counts: Bool, blocks: Bool
  ) throws {
    let zone = try #require(try PolicyScene([Self.filtered]).policy.zones(with: TableSet()).first)
    let codes = try codes.map { try #require(IPAddress($0)) }
    #expect(zone.counts(codes, ofAddress: isAddress) == counts)
    #expect(zone.blocks(codes, ofAddress: isAddress) == blocks)
  }
}
