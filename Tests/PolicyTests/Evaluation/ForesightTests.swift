import MailTypes
import Testing

@testable import Policy

/// What a list may ask of the DNS is known before anything is.
struct ForesightTests {
  private static func names(_ scene: PolicyScene, _ request: [String: String?] = [:]) throws -> [String] {
    let list = try #require(scene.policy.lists.policies[PolicyScene.list])
    return scene.policy.lookups(for: try RequestText.request(request), by: list, scene.facts)
      .map(\.description).sorted()
  }

  @Test func `all lists are asked at once`() throws {
    let scene = try PolicyScene(
      [
        "permit_mynetworks", "reject_rbl_client one.example", "named", "check_greylist",
        "reject_rbl_client four.example",
      ],
      lists: ["named": ["permit_dnswl_client two.example", "warn_if_reject reject_rbl_client three.example"]])
    #expect(
      try Self.names(scene)
        == ["four", "one", "three", "two"].map { "77.2.0.192.\($0).example A" })
  }

  @Test func `nothing is asked about a client that is decided without it`() throws {
    let scene = try PolicyScene([
      "permit_mynetworks", "reject_unauth_destination", "reject_rbl_client one.example", "reject",
      "reject_rbl_client two.example",
    ])
    #expect(try Self.names(scene, ["client_address": "198.51.100.1"]) == [])
    #expect(try Self.names(scene, ["recipient": "u@other.test"]) == [])
    #expect(try Self.names(scene) == ["77.2.0.192.one.example A"])
  }

  @Test func `what is known isn't asked, and may make more to ask`() throws {
    var scene = try PolicyScene(["reject_rbl_client one.example", "reject_rbl_client two.example"])
    let name = try #require(DomainName("77.2.0.192.two.example"))
    scene.facts.dns[DNSQuestion(name, .a)] = .records([.address(.v4(0x7F00_0002))])
    #expect(try Self.names(scene) == ["77.2.0.192.one.example A", "77.2.0.192.two.example TXT"])
    scene.facts.dns[DNSQuestion(name, .txt)] = .failed(.timeout)
    let other = try #require(DomainName("77.2.0.192.one.example"))
    scene.facts.dns[DNSQuestion(other, .a)] = .failed(.timeout)
    #expect(try Self.names(scene) == [])
  }
  @Test func `afterwards each step has the questions of its own`() throws {
    let sites = WeightedList.read("both", sites: ["one.example, two.example"], threshold: 9).list
    let scene = try PolicyScene(
      [
        "permit_mynetworks", "check_dnsbl both", "warn_if_reject reject_rbl_client one.example",
        "check_sender_mx_access inline:{{mx.b.example=reject_rbl_client three.example}}", "check_greylist",
      ], weighted: ["both": sites])
    var facts = scene.facts
    facts.greylist = .dunno
    let answers = try ScriptedAnswers(["77.2.0.192.one.example A 127.0.0.2", "b.example MX mx.b.example"])
    let list = try #require(scene.policy.lists.policies[PolicyScene.list])
    let questions = scene.policy.questions(behind: try RequestText.request([:]), by: list, facts) {
      answers[$0]
    }
    #expect(
      questions.map { $0.map(\.description).sorted() } == [
        [], ["77.2.0.192.one.example A", "77.2.0.192.two.example A"],
        ["77.2.0.192.one.example A", "77.2.0.192.one.example TXT"], ["b.example MX"],
        ["77.2.0.192.three.example A"], [],
      ])
  }
}
