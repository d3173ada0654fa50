import TestKit
import Testing

extension EndToEnd {
  /// The restrictions that ask the DNS beside Postfix's own, both over the same name server.
  @Suite struct DNSRestrictionTests {
    private func compare(_ cases: [RestrictionCase], _ options: RestrictionHost.Options) async throws {
      try await RestrictionHost.with(cases, options: options) { host in try await host.compare(cases) }
    }

    @Test func `lists in the DNS get the same answers from Postfix and from us`() async throws {
      let server = try NameServer.usual(RestrictionCase.listedNames + "\n" + RestrictionCase.templatedNames)
      let replies = "rbl_reply_maps = texthash:TABLES/replies\n"
      try await compare(RestrictionCase.dnsLists, .init(main: replies, nameServer: server.address))
      #expect(server.asked > 0)
    }

    @Test func `domains and hosts get the same answers from Postfix and from us`() async throws {
      let server = try NameServer.usual(RestrictionCase.resolvedNames)
      try await compare(
        RestrictionCase.domainChecks + RestrictionCase.greetingChecks + RestrictionCase.clientChecks(),
        .init(nameServer: server.address))
      #expect(server.asked > 0)
    }

    @Test func `what is refused for good is what is known, not what is unclear`() async throws {
      let server = try NameServer.usual(RestrictionCase.resolvedNames)
      try await compare(
        RestrictionCase.finalChecks, .init(main: RestrictionCase.finalCodes, nameServer: server.address))
      #expect(server.asked > 0)
    }

    @Test func `tables of servers get the same answers from Postfix and from us`() async throws {
      let server = try NameServer.usual(RestrictionCase.servedNames)
      try await compare(RestrictionCase.serverTables, .init(nameServer: server.address))
      #expect(server.asked > 0)
    }

    @Test func `whom a list in the DNS speaks for is greylisted neither after Postfix's own nor by us`()
      async throws
    {
      let server = try NameServer.usual(RestrictionCase.exemptNames)
      try await compare(
        RestrictionCase.exemptions, .init(nameServer: server.address, settings: RestrictionCase.reputation))
      #expect(server.asked > 0)
    }
  }
}
