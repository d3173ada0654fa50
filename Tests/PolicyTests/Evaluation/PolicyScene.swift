import MailTypes
import Testing

@testable import Policy

/// A mail policy for tests: lab.example is ours, relay.test is relayed, 198.51.100.0/24 may relay.
struct PolicyScene {
  var policy: MailPolicy
  var facts = Facts()
  /// Whether time is up for whatever the DNS hasn't answered.
  var isLate = false

  init(
    _ items: [String], lists: [String: [String]] = [:], tables: [String: String] = [:],
    weighted: [String: WeightedList] = [:], _ change: (inout MailPolicy) throws -> Void = { _ in }
  ) throws {
    let named = lists.map { (name: ListName($0.key), items: $0.value) }
    let reading = RestrictionLists.read(
      policies: [(name: Self.list, items: items)], named: named, weightedLists: Set(weighted.keys))
    try #require(reading.faults == [])
    policy = MailPolicy(lists: reading.lists, weightedLists: weighted)
    policy.domains.mynetworks = try Self.list("198.51.100.0/24, [2001:db8:1::]/48", .hosts)
    policy.domains.mydestination = try Self.list("lab.example", .names)
    policy.domains.relayDomains = try Self.list("relay.test", .names)
    policy.domains.virtualAliasDomains = try Self.list("alias.test", .names)
    policy.domains.virtualMailboxDomains = try Self.list("box.test", .names)
    policy.domains.myorigin = Array("lab.example".utf8)
    policy.domains.ownAddresses = try [#require(IPAddress("127.0.0.1"))]
    try change(&policy)
    for (name, text) in tables { try add(name, text) }
    for table in policy.tables where facts.tables[table] == nil { try add("\(table)", "") }
  }

  static let list = ListName("recipient")

  static func list(_ text: String, _ kind: MatchList.Kind) throws -> MatchList {
    let reading = MatchList.read(text, kind: kind)
    try #require(reading.faults == [])
    return reading.list
  }

  mutating func add(_ name: String, _ text: String) throws {
    let name = try TableName(name)
    let table = try LookupTable(name, contents: Array(text.utf8))
    if policy.lists.tables.contains(name) { try #require(policy.faults(in: table) == []) }
    facts.tables[name] = table
  }

  func evaluate(_ request: [String: String?] = [:]) throws -> Evaluation {
    let list = try #require(policy.lists.policies[Self.list])
    return policy.evaluate(try RequestText.request(request), by: list, facts) { _ in
      isLate ? .failed(.timeout) : nil
    }
  }

  func decide(_ request: [String: String?] = [:]) throws -> Decision {
    guard case .decided(let decision) = try evaluate(request) else { throw Undecided() }
    return decision
  }

  /// What Postfix is told.
  func answer(_ request: [String: String?] = [:]) throws -> String {
    PolicyReply(try decide(request).action).bytes.dropFirst(7).dropLast(2).repairedText
  }

  struct Undecided: Error {}
}
