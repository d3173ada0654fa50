import MailTypes

@testable import Policy

/// A greylist that recognises large senders, with a store and a clock.
struct PoolScene {
  /// What comes of a try.
  struct Answer: Equatable {
    let reason: GreylistReason
    let action: PolicyAction
    let log: [String]
    /// What the store learnt.
    let writes: GreylistWrites

    var passes: Bool { reason != .new && reason != .earlyRetry }
  }

  static let beginning: Int64 = 1_700_000_000

  var rules: GreylistRules
  var store = MemoryTripletStore(capacity: 100_000, delay: 300)
  private var instances = RecentInstances()
  private var messages = 0

  init(_ change: (inout GreylistRules) -> Void = { _ in }) {
    rules = GreylistRules()
    rules.largeSenders = true
    rules.autoWhitelistClients = 0
    change(&rules)
  }

  /// A mail of its own each time.
  mutating func attempt(
    at seconds: Int64, from address: String, _ name: String, sender: String = "news@big.example",
    to recipient: String = "u@lab.example"
  ) throws -> Answer {
    messages += 1
    let request = try RequestText.request([
      "client_address": address, "client_name": name, "sender": sender, "recipient": recipient,
      "instance": "\(messages)",
    ])
    let greylist = Greylist(rules: rules)
    guard case .needs(let keys, let attempt) = greylist.open(request) else {
      throw RequestText.NoRequest(frame: "decided without the store")
    }
    let decision = greylist.decide(
      attempt, store.records(for: keys), now: WallTime(seconds: Self.beginning + seconds),
      instances: &instances)
    store.apply([decision.writes])
    return Answer(
      reason: decision.reason, action: decision.action, log: decision.log.map { $0.text.repairedText },
      writes: decision.writes)
  }

  mutating func attempt(_ one: Try) throws -> Answer {
    try attempt(at: one.at, from: one.address, one.name, sender: one.sender, to: one.to)
  }

  /// Tries each of `tries`, and gives the reasons.
  mutating func reasons(_ tries: [Try]) throws -> [GreylistReason] {
    try tries.map { try attempt($0).reason }
  }

  struct Try: Sendable {
    let at: Int64
    let address: String
    let name: String
    var sender = "news@big.example"
    var to = "u@lab.example"

    init(
      _ at: Int64, _ address: String, _ name: String = "unknown", sender: String = "news@big.example",
      to: String = "u@lab.example"
    ) {
      (self.at, self.address, self.name, self.sender, self.to) = (at, address, name, sender, to)
    }
  }
}
