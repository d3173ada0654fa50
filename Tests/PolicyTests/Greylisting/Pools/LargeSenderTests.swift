import MailTypes
import TestKit
import Testing

@testable import Policy

/// Who retries from many addresses.
struct LargeSenderTests {
  private typealias Try = PoolScene.Try

  // MARK: A pool

  /// 200 addresses in 40 networks, named as large senders name theirs.
  private static let pool = (0..<200).map { number in
    (address: "198.51.\(number % 40).\(10 + number / 40)", name: "out-\(number).mail.big.example")
  }

  /// 500 mails, each from an address of the pool at random; who is put off comes again after ten minutes from another
  /// network.
  @Test(arguments: [GreylistRules.KeyForm.plain, .hashed])
  func `of a pool of 200 addresses in 40 networks the second try passes`(
    _ form: GreylistRules.KeyForm
  ) throws {
    var random = SeededGenerator(seed: 5)
    var scene = PoolScene { $0.keyForm = form }
    var waited = 0
    for mail in 0..<500 {
      let (sender, recipient) = ("news\(mail % 7)x@big.example", "user\(mail % 50)x@lab.example")
      let at = Int64(mail) * 3600
      let first = Int.random(in: 0..<200, using: &random)
      let try1 = try scene.attempt(
        at: at, from: Self.pool[first].address, Self.pool[first].name, sender: sender, to: recipient)
      if try1.passes { continue }
      waited += 1
      let second = (first + Int.random(in: 1..<40, using: &random)) % 200
      #expect(second % 40 != first % 40, "another network")
      let try2 = try scene.attempt(
        at: at + 600, from: Self.pool[second].address, Self.pool[second].name, sender: sender, to: recipient)
      #expect(try2.reason == .clientOrganisation, "\(mail)")
    }
    // Every sender to every recipient waits once at most: lcm(7, 50) = 350.
    #expect((50...350).contains(waited), "\(waited)")
  }

  @Test func `the same pool waits long under postgrey's rules`() throws {
    var scene = PoolScene { $0.largeSenders = false }
    for (number, client) in Self.pool.prefix(40).enumerated() {
      let answer = try scene.attempt(at: Int64(number) * 600, from: client.address, client.name)
      #expect(!answer.passes && answer.writes.pools.isEmpty)
    }
  }

  // MARK: By the organisation

  @Test func `who comes back under another name gets his header, and is known then`() throws {
    var scene = PoolScene { $0.autoWhitelistClients = 1 }
    #expect(try scene.attempt(at: 0, from: "192.0.2.1", "a.big.example").reason == .new)
    let early = try scene.attempt(at: 100, from: "198.51.100.1", "b.big.example")
    #expect(early.log[0].hasPrefix("action=greylist, reason=early-retry (200s missing), "))
    #expect(early.writes.triplet?.isAwaited == true)
    let back = try scene.attempt(at: 300, from: "203.0.113.1", "c.big.example")
    #expect(
      back.log == [
        "whitelisted: c.big.example[203.0.113.1]",
        "action=pass, reason=client organisation, delay=300, client_name=c.big.example, "
          + "client_address=203.0.113.1, sender=news@big.example, recipient=u@lab.example",
      ])
    guard case .prepend(let header) = back.action else { throw Unexpected(answer: back) }
    #expect(header.bytes.repairedText.hasPrefix("X-Greylist: delayed 300 seconds by "))

    scene.rules.autoWhitelistClients = 0
    let again = try scene.attempt(at: 400, from: "203.0.113.9", "unknown")
    #expect(again.reason == .tripletFound && again.action == .dunno, "the network is known by itself")
    let last = try scene.attempt(at: 90_100, from: "100.64.0.1", "d.big.example")
    #expect(last.action == .dunno, "nobody had to wait for this one")
    #expect(last.log[0].hasPrefix("action=pass, reason=client organisation, client_name="))
  }

  @Test(arguments: [
    (
      "comes back too early",
      [Try(0, "192.0.2.1", "a.big.example"), Try(299, "198.51.100.1", "b.big.example")]
    ),
    (
      "comes back too late",
      [Try(0, "192.0.2.1", "a.big.example"), Try(172_801, "198.51.100.1", "b.big.example")]
    ),
    ("has no name at first", [Try(0, "192.0.2.1"), Try(600, "198.51.100.1", "b.big.example")]),
    ("has no name then", [Try(0, "192.0.2.1", "a.big.example"), Try(600, "198.51.100.1")]),
    (
      "is another organisation",
      [Try(0, "192.0.2.1", "a.big.example"), Try(600, "198.51.100.1", "b.large.example")]
    ),
    (
      "has another sender",
      [
        Try(0, "192.0.2.1", "a.big.example"),
        Try(600, "198.51.100.1", "b.big.example", sender: "x@big.example"),
      ]
    ),
    (
      "has another recipient",
      [Try(0, "192.0.2.1", "a.big.example"), Try(600, "198.51.100.1", "b.big.example", to: "v@lab.example")]
    ),
    (
      "is a line of the provider's",
      [Try(0, "192.0.2.1", "dsl-1.isp.example"), Try(600, "198.51.100.1", "dsl-2.isp.example")]
    ),
    (
      "has names made from the addresses",
      [Try(0, "192.0.2.1", "192-0-2-1.isp.example"), Try(600, "198.51.100.1", "198-51-100-1.isp.example")]
    ),
    (
      "is in the same country",
      [Try(0, "192.0.2.1", "mx.one.co.uk"), Try(600, "198.51.100.1", "mx.two.co.uk")]
    ),
  ])
  private func `nobody else passes by it: who`(what: String, tries: [Try]) throws {
    var scene = PoolScene()
    #expect(!(try scene.attempt(tries[0]).passes))
    #expect(!(try scene.attempt(tries[1]).passes), "who \(what)")
  }

  // MARK: By the network

  @Test func `a network that has come back needn't wait for another sender of the domain`() throws {
    var scene = PoolScene()
    #expect(
      try scene.reasons([
        Try(0, "192.0.2.1", sender: "b-1a@big.example"), Try(600, "192.0.2.2", sender: "b-1a@big.example"),
        Try(700, "192.0.2.3", sender: "b-2b@big.example"), Try(800, "192.0.2.4", sender: "B-3C@BIG.example"),
        Try(900, "198.51.100.1", sender: "b-2b@big.example"),
        Try(1000, "192.0.2.3", sender: "b-2b@big.example", to: "v@lab.example"),
        Try(1100, "192.0.2.3", sender: "b-2b@mail.big.example"), Try(1200, "192.0.2.3", sender: ""),
        Try(1300, "192.0.2.3", sender: "big.example"), Try(1400, "192.0.2.3", sender: "x@"),
      ]) == [.new, .tripletFound, .knownNetwork, .knownNetwork] + Array(repeating: .new, count: 6))
  }

  @Test func `one that has only been seen says nothing`() throws {
    var scene = PoolScene()
    #expect(
      try scene.reasons([
        Try(0, "192.0.2.1", sender: "b-1a@big.example"), Try(600, "192.0.2.1", sender: "b-2b@big.example"),
        Try(1200, "192.0.2.1", sender: "b-3c@big.example"),
      ]) == [.new, .new, .new])
  }

  @Test func `who passes by his network leaves no triplet, and has not come back`() throws {
    var scene = PoolScene { $0.autoWhitelistClients = 5 }
    _ = try scene.reasons([Try(0, "192.0.2.1"), Try(600, "192.0.2.1")])
    let before = scene.store.count()
    let answer = try scene.attempt(at: 700, from: "192.0.2.1", "unknown", sender: "x@big.example")
    #expect(answer.writes.isEmpty && answer.action == .dunno)
    #expect(
      answer.log == [
        "action=pass, reason=known network, client_name=unknown, client_address=192.0.2.1, "
          + "sender=x@big.example, recipient=u@lab.example"
      ])
    #expect(scene.store.count() == before)
    let later = try scene.attempt(at: 90_000, from: "192.0.2.1", "unknown", sender: "x@big.example")
    #expect(later.writes.pools.map(\.record.last) == [PoolScene.beginning + 90_000], "once a day")
    #expect(later.writes.triplet == nil && later.writes.client == nil)
  }

  // MARK: What is kept

  @Test func `a triplet that passes keeps its pool known, once a day`() throws {
    var scene = PoolScene()
    _ = try scene.reasons([Try(0, "192.0.2.1", "a.big.example")])
    let back = try scene.attempt(at: 600, from: "192.0.2.1", "a.big.example")
    #expect(back.reason == .tripletFound && back.writes.pools.count == 2)
    let soon = try scene.attempt(at: 87_000 - 1, from: "192.0.2.1", "a.big.example")
    #expect(soon.writes.pools.isEmpty)
    let later = try scene.attempt(at: 87_000, from: "192.0.2.1", "a.big.example")
    #expect(later.writes.pools.map(\.record.last) == Array(repeating: PoolScene.beginning + 87_000, count: 2))
    #expect(try scene.attempt(at: 87_001, from: "198.51.100.1", "b.big.example").passes)
  }

  /// As imported from postgrey, or noted before pools were switched on.
  @Test func `a triplet that is known without its pool makes it known`() throws {
    var scene = PoolScene { $0.largeSenders = false }
    _ = try scene.reasons([Try(0, "192.0.2.1", "a.big.example"), Try(600, "192.0.2.1", "a.big.example")])
    scene.rules.largeSenders = true
    #expect(
      try scene.reasons([
        Try(700, "198.51.100.1", "b.big.example"), Try(800, "192.0.2.1", "a.big.example"),
        Try(900, "203.0.113.1", "c.big.example"), Try(1000, "192.0.2.1", "unknown", sender: "x@big.example"),
      ]) == [.new, .tripletFound, .clientOrganisation, .knownNetwork])
  }

  @Test func `what wasn't asked for isn't written over`() throws {
    let scene = PoolScene()
    let greylist = Greylist(rules: scene.rules)
    guard case .needs(let keys, let attempt) = greylist.open(try RequestText.request()) else { return }
    #expect(keys.pools?.organisation != nil && keys.pools?.network != nil)
    var instances = RecentInstances()
    for record in [nil, TripletRecord(first: 0, last: 900)] {
      let decision = greylist.decide(
        attempt, GreylistRecords(triplet: record), now: WallTime(seconds: 1000), instances: &instances)
      #expect(decision.writes.pools.isEmpty && decision.writes.triplet != nil)
    }
  }

  private struct Unexpected: Error { let answer: PoolScene.Answer }
}
