import MailTypes
import Testing

@testable import Policy

struct ZoneProbeTests {
  private static func probe(forAddresses: Bool = true, forDomains: Bool = false) throws -> ZoneProbe {
    let scene = try PolicyScene(
      (forAddresses ? ["reject_rbl_client bl.example"] : [])
        + (forDomains ? ["reject_rhsbl_sender bl.example"] : []))
    return ZoneProbe(of: try #require(scene.policy.zones(with: TableSet()).first))
  }

  /// `2.0.0.127.bl.example` and so on, with the addresses that are answered; every other name isn't there.
  private static func answers(
    _ probe: ZoneProbe, _ listed: [String: String], others: DNSAnswer = .noName
  ) throws -> [DNSQuestion: DNSAnswer] {
    var answers: [DNSQuestion: DNSAnswer] = [:]
    for entry in probe.entries {
      let name = entry.question.name.description.replacing(".bl.example", with: "")
      answers[entry.question] =
        try listed[name].map { .records([.address(try #require(IPAddress($0)))]) } ?? others
    }
    return answers
  }

  @Test func `the entries are those of RFC 5782`() throws {
    let names = try Self.probe(forDomains: true).entries.map(\.question.name.description)
    #expect(
      names == [
        "2.0.0.127.bl.example", "1.0.0.127.bl.example",
        "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example",
        "1.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.bl.example",
        "test.bl.example", "invalid.bl.example",
      ])
    #expect(try Self.probe(forAddresses: false, forDomains: true).entries.count == 2)
  }

  static let findings: [([String: String], ZoneProbe.Finding)] = [
    (["2.0.0.127": "127.0.0.2"], .sound),
    // A list of IPv6 alone.
    (["2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0": "127.0.0.2"], .sound),
    (["2.0.0.127": "127.0.0.2", "1.0.0.127": "127.0.0.2"], .unsound(.listsEverything)),
    ([:], .unsound(.hasNoTestEntry)),
    (["2.0.0.127": "127.255.255.254"], .unsound(.refuses(.v4(0x7FFF_FFFE)))),
    (["2.0.0.127": "192.0.2.1"], .unsound(.answersOutside(.v4(0xC000_0201)))),
    (
      [
        "2.0.0.127": "127.0.0.2",
        "1.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0": "127.0.0.2",
      ], .unsound(.listsEverything)
    ),
  ]

  @Test(arguments: findings)
  func `what the answers say of a zone`(listed: [String: String], finding: ZoneProbe.Finding) throws {
    let probe = try Self.probe()
    #expect(probe.judge(try Self.answers(probe, listed)) == finding)
  }

  @Test func `a list of domains has other entries`() throws {
    let probe = try Self.probe(forAddresses: false, forDomains: true)
    #expect(probe.judge(try Self.answers(probe, ["test": "127.0.1.2"])) == .sound)
    #expect(probe.judge(try Self.answers(probe, [:])) == .unsound(.hasNoTestEntry))
    let both = try Self.probe(forDomains: true)
    #expect(both.judge(try Self.answers(both, ["test": "127.0.1.2"])) == .unsound(.hasNoTestEntry))
    #expect(
      both.judge(try Self.answers(both, ["test": "127.0.1.2", "2.0.0.127": "127.0.0.2"])) == .sound)
    let everything = try Self.answers(probe, ["test": "127.0.1.2", "invalid": "127.0.1.2"])
    #expect(probe.judge(everything) == .unsound(.listsEverything))
  }

  @Test func `without any answer it is dead, and with some it is judged by these`() throws {
    let probe = try Self.probe()
    #expect(probe.judge([:]) == .unsound(.isDead))
    let failed = try Self.answers(probe, [:], others: .failed(.serverFailure))
    #expect(probe.judge(failed) == .unsound(.isDead))
    var half = try Self.answers(probe, [:])
    half[probe.entries[0].question] = .failed(.timeout)
    #expect(probe.judge(half) == .sound, "its test entry may be there")
    let some = try Self.answers(probe, ["2.0.0.127": "127.0.0.2"], others: .failed(.timeout))
    #expect(probe.judge(some) == .sound)
  }
}
