import Testing

@testable import Policy

/// Strangers to each other who pass as if they were one sender: the price of recognising large senders, which the
/// manual tells.
struct FalseFriendTests {
  private typealias Try = PoolScene.Try

  @Test(arguments: [
    (
      "customers of one host who named their machines",
      [Try(0, "192.0.2.1", "alice.hoster.example"), Try(600, "198.51.100.1", "mallory.hoster.example")],
      GreylistReason.clientOrganisation
    ),
    (
      "domains below a suffix that is not known as one",
      [Try(0, "192.0.2.1", "mx.one.city.xx"), Try(600, "198.51.100.1", "mx.two.city.xx")],
      .clientOrganisation
    ),
    (
      "hosts with dynamic names that say so nowhere",
      [Try(0, "192.0.2.1", "alice.names.example"), Try(600, "198.51.100.1", "mallory.names.example")],
      .clientOrganisation
    ),
    (
      "whoever names the hosts of many networks",
      [Try(0, "192.0.2.1", "a.evil.example"), Try(600, "198.51.100.1", "b.evil.example")],
      .clientOrganisation
    ),
    (
      "users of one mail provider",
      [
        Try(0, "192.0.2.1", sender: "alice@mail.example"),
        Try(600, "192.0.2.1", sender: "alice@mail.example"),
        Try(601, "192.0.2.2", sender: "mallory@mail.example"),
      ], .knownNetwork
    ),
    (
      "a neighbour in the network who forges the domain",
      [
        Try(0, "192.0.2.1", "mx.big.example"), Try(600, "192.0.2.1", "mx.big.example"),
        Try(601, "192.0.2.99", "vps-99.hoster.example", sender: "billing@big.example"),
      ], .knownNetwork
    ),
  ])
  private func `false friends that pass`(who: String, tries: [Try], reason: GreylistReason) throws {
    var scene = PoolScene()
    #expect(try scene.reasons(tries).last == reason, "\(who)")
  }
}
