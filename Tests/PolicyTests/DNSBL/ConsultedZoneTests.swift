import Testing

@testable import Policy

struct ConsultedZoneTests {
  @Test func `each list is consulted once, for all that restrictions ask of it`() throws {
    let scene = try PolicyScene(
      ["reject_rbl_client both.example=127.0.0.2, warn_if_reject reject_rhsbl_sender both.example", "named"],
      lists: ["named": ["permit_dnswl_client Good.example", "reject_rhsbl_helo names.example"]])
    let zones = scene.policy.zones.sorted { "\($0.name)" < "\($1.name)" }
    #expect(zones.map(\.shown) == ["both.example", "Good.example", "names.example"])
    #expect(zones.map(\.forAddresses) == [true, true, false])
    #expect(zones.map(\.forDomains) == [true, false, true])
    #expect(zones.map(\.blocks) == [true, false, true])
    #expect(zones.map(\.allows) == [false, true, false])
  }
}
