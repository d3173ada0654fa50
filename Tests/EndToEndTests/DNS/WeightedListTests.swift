import TestKit
import Testing

extension EndToEnd {
  /// `check_dnsbl`: lists that are believed together.
  @Suite struct WeightedListTests {
    private static let names = """
      2.0.0.127.one.example A 127.0.0.2
      2.0.0.127.two.example A 127.0.0.2
      2.0.0.127.good.example A 127.0.0.2
      9.2.0.192.one.example A 127.0.0.2
      10.2.0.192.one.example A 127.0.0.2
      10.2.0.192.two.example A 127.0.0.2
      10.2.0.192.two.example TXT see http://two.example/10
      11.2.0.192.one.example A 127.0.0.2
      11.2.0.192.two.example A 127.0.0.2
      11.2.0.192.good.example A 127.0.9.2
      12.2.0.192.one.example A 127.0.0.3
      12.2.0.192.two.example A 127.0.0.2
      13.2.0.192.one.example * TIMEOUT
      13.2.0.192.two.example A 127.0.0.2
      14.2.0.192.one.example A 127.0.0.2 | 127.0.0.3
      """

    @Test func `weights add up, and what doesn't answer adds nothing`() async throws {
      let server = NameServer()
      server.load(Self.names)
      let settings = """
        [dns]
        servers = ["\(server.endpoint)"]
        timeout = "1s"
        attempts = 1
        [dnsbl.reputation]
        sites = ["one.example=127.0.0.2*1", "one.example=127.0.0.3*2", "two.example*2", "good.example*-4"]
        threshold = 3
        """
      try await LookupService.with(["check_dnsbl reputation"], settings: settings) { service in
        for (client, isRefused) in [
          (7, false), (9, false), (10, true), (11, false), (12, true), (13, false), (14, true),
        ] {
          let answer = try service.ask("192.0.2.\(client)")
          #expect(answer.hasPrefix("554 5.7.1 ") == isRefused, "\(client): \(answer)")
          #expect(isRefused || answer == "DUNNO", "\(client): \(answer)")
        }
        // The one with the largest weight is named.
        let named = try service.ask("192.0.2.10")
        #expect(named.contains("using two.example"), "\(named)")
        let explained = try await service.explain("192.0.2.11")
        #expect(explained.output.contains("check_dnsbl reputation"), "\(explained)")
        #expect(explained.output.contains("good.example"), "\(explained)")
        let listed = try await service.gateway.postern(["dnsbl", "192.0.2.10"])
        #expect(listed.status == 1 && listed.output.contains("good.example"), "\(listed)")
        let status = try await service.texts("zones")
        #expect(status == ["good.example", "one.example", "two.example"])
      }
    }
  }
}
