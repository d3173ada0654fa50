import MailTypes
import TestKit
import Testing

@testable import Policy

/// `check_dnsbl`: checklist item 43.
struct WeightedListTests {
  private static func scene(
    _ sites: [String], threshold: Int = 3, list: [String] = ["check_dnsbl ours"]
  ) throws -> PolicyScene {
    let reading = WeightedList.read("ours", sites: sites, threshold: threshold)
    try #require(reading.faults == [])
    return try PolicyScene(list, weighted: ["ours": reading.list])
  }

  private static func listed(_ zones: String...) -> [String] { zones.map { "77.2.0.192.\($0) A 127.0.0.2" } }

  private static func trouble(_ zone: String) -> [String] { ["77.2.0.192.\(zone) A SERVFAIL"] }

  private static func refusal(_ zone: String) -> String {
    "554 5.7.1 Service unavailable; client [192.0.2.77] blocked using \(zone)"
  }

  private static let sites = ["a.example*2", "b.example=127.0.0.[2..3]*2, c.example", "wl.example*-4"]

  private static let sums: [(dns: [String], answer: String)] = [
    ([], "DUNNO"), (listed("a.example"), "DUNNO"), (listed("c.example"), "DUNNO"),
    (listed("a.example", "c.example"), refusal("a.example")),
    (listed("b.example", "c.example"), refusal("b.example")),
    (listed("a.example", "b.example"), refusal("a.example")),
    (listed("a.example", "b.example", "c.example", "wl.example"), "DUNNO"),
    (listed("a.example", "c.example") + trouble("b.example"), refusal("a.example")),
    (listed("a.example") + trouble("c.example"), "DUNNO"),
    (listed("a.example") + ["77.2.0.192.c.example A 127.255.255.254"], "DUNNO"),
    (listed("c.example") + ["77.2.0.192.b.example A 127.0.0.4"], "DUNNO"),
  ]

  @Test(arguments: sums)
  func `weights add up`(dns: [String], answer: String) throws {
    #expect(try Self.scene(Self.sites).answer(dns: dns) == answer)
  }

  @Test func `a list may stand there several times, and each of its weights counts`() throws {
    let scene = try Self.scene([
      "a.example=127.0.0.2*2", "a.example=127.0.0.[2;4]*1", "a.example=127.0.0.9*5",
    ])
    #expect(try scene.answer(dns: Self.listed("a.example")) == Self.refusal("a.example"))
    #expect(try scene.answer(dns: ["77.2.0.192.a.example A 127.0.0.4"]) == "DUNNO")
  }

  @Test func `the code is Postfix's parameter, and a key isn't shown`() throws {
    var scene = try Self.scene(["abcdefghij0123456789.a.example*3"])
    try scene.policy.parameters.set("maps_rbl_reject_code", to: "450")
    #expect(
      try scene.answer(dns: Self.listed("abcdefghij0123456789.a.example"))
        == "450 4.7.1 Service unavailable; client [192.0.2.77] blocked using a.example")
  }

  // MARK: Late lists

  private static func decided(_ scene: PolicyScene, _ known: [String: Bool]) throws -> Bool {
    var scene = scene
    for (zone, isListed) in known {
      let name = try #require(DomainName("77.2.0.192.\(zone)"))
      scene.facts.dns[DNSQuestion(name, .a)] = isListed ? .records([.address(.v4(0x7F00_0002))]) : .noName
    }
    if case .decided = try scene.evaluate() { return true }
    return false
  }

  /// What is known, and whether the rest can't change what the client is told.
  private static let early: [(known: [String: Bool], isDecided: Bool)] = [
    ([:], false), (["a.example": true, "b.example": true, "c.example": true, "wl.example": false], true),
    (["a.example": true, "b.example": true, "wl.example": false], true),
    (["a.example": true, "c.example": true, "wl.example": false], true),
    (["b.example": true, "c.example": true, "wl.example": false], false),
    (["a.example": true, "b.example": true], false), (["a.example": false, "b.example": false], true),
    (["a.example": false, "wl.example": true], true), (["a.example": false], false),
    (["wl.example": true], true),
  ]

  @Test(arguments: early)
  func `a late list is waited for only where it matters`(known: [String: Bool], isDecided: Bool) throws {
    #expect(try Self.decided(Self.scene(Self.sites), known) == isDecided)
  }

  @Test func `whom a list speaks for isn't greylisted`() throws {
    let scene = try Self.scene(
      Self.sites, list: ["check_dnsbl ours", "check_greylist", "reject_unauth_destination"])
    let trace = try scene.decide(dns: Self.listed("wl.example", "c.example")).trace.map(\.description)
    #expect(trace[1] == "check_greylist: no opinion (score -3 of 3: c.example wl.example*-4)")
    var waiting = scene
    // In sum 1: the greylist is asked.
    for zone in ["a.example", "b.example", "c.example", "wl.example"] {
      let name = try #require(DomainName("77.2.0.192.\(zone)"))
      waiting.facts.dns[DNSQuestion(name, .a)] =
        zone == "c.example" ? .records([.address(.v4(0x7F00_0002))]) : .noName
    }
    #expect(try waiting.evaluate() == .waiting(for: [.greylist]))
    // One that may still speak for the client is waited for, here and not before.
    let late = DNSQuestion(try #require(DomainName("77.2.0.192.wl.example")), .a)
    waiting.facts.dns[late] = nil
    #expect(try waiting.evaluate() == .waiting(for: [.dns(late)]))
    let elsewhere = try Self.scene(Self.sites, list: ["check_dnsbl ours", "reject"])
    var without = elsewhere
    without.facts = waiting.facts
    #expect(try without.answer() == "554 5.7.1 Access denied")
  }

  @Test func `a client without an address is on no list`() throws {
    #expect(try Self.scene(Self.sites).answer(["client_address": "unknown"]) == "DUNNO")
  }

  @Test func `its zones are consulted, as block and as allow lists`() throws {
    let zones = try Self.scene(Self.sites).policy.zones(with: TableSet()).sorted { $0.shown < $1.shown }
    #expect(zones.map(\.shown) == ["a.example", "b.example", "c.example", "wl.example"])
    #expect(zones.map(\.allows) == [false, false, false, true] && zones.allSatisfy(\.forAddresses))
  }

  // MARK: Reading

  @Test(arguments: [
    ("a.example*", "a.example*: what comes after *"), ("a.example*x", "a.example*x: what comes after *"),
    ("a.example*1.5", "a.example*1.5: what comes after *"),
    ("a.example*2*3", "a.example*2*3: what comes after *"),
    ("a.example*1000001", "a.example*1000001: what"), ("a.example*-9223372036854775808", "a.example*-92"),
    ("-a", "-a is no zone"), ("a.example=127.0.0*2", "a.example=127.0.0*2 is no zone"),
    ("*3", "*3 is no zone"),
  ])
  func `what is no site is told with its item`(site: String, fault: String) throws {
    let reading = WeightedList.read("ours", sites: ["good.example", "fine.example, \(site)"], threshold: 1)
    #expect(reading.list.sites.map(\.description) == ["good.example", "fine.example"])
    #expect(reading.faults.map(\.item) == [2])
    #expect(try #require(reading.faults.first).description.hasPrefix(fault))
  }

  @Test func `a list needs sites, and a threshold that somebody stays below`() {
    #expect(
      WeightedList.read("ours", sites: [" ,"], threshold: 0).faults.map(\.reason) == [
        .noSites, .threshold(0),
      ])
  }

  @Test func `sites are written as they are read`() {
    let sites = ["a.example", "b.example=127.0.0.[2;4..5]*3", "wl.example*-2"]
    let reading = WeightedList.read("ours", sites: sites, threshold: 1)
    #expect(reading.list.sites.map(\.description) == sites)
    #expect(WeightedList.read("ours", sites: ["a.example*+1"], threshold: 1).list.sites.map(\.weight) == [1])
  }

  @Test func `a list that isn't there is named, and what may have been meant is offered`() throws {
    let reading = RestrictionLists.read(
      policies: [(name: ListName("p"), items: ["check_dnsbl our"])], named: [], weightedLists: ["ours"])
    let fault = try #require(reading.faults.first)
    #expect(fault.message == "check_dnsbl: there is no weighted list our")
    #expect(fault.misspelled == "our" && fault.candidates(lists: []) == ["ours"])
  }
}
