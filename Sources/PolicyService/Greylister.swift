import Policy
import Settings

/// The greylist with its store and the clock: one request in, one answer out.
final class Greylister {
  /// The most triplets, and the most clients.
  private static let capacity = 1 << 20

  private var greylist: Greylist
  private var store: MemoryTripletStore
  private var instances = RecentInstances()
  private let log: (PolicyNotice) -> Void

  /// Reads the whitelists and begins with an empty store.
  init(_ settings: GreylistSettings, log: @escaping (PolicyNotice) -> Void) {
    self.log = log
    let (clients, recipients) = WhitelistReading.read(settings, report: log)
    greylist = Greylist(rules: settings.rules, clients: clients, recipients: recipients)
    store = MemoryTripletStore(capacity: Self.capacity, delay: settings.delay)
  }

  /// Goes by other settings, and by the whitelists as they are now; what the store knows stays.
  func adopt(_ settings: GreylistSettings) {
    let (clients, recipients) = WhitelistReading.read(settings, report: log)
    greylist = Greylist(rules: settings.rules, clients: clients, recipients: recipients)
  }

  /// Decides one request.
  func answer(_ request: PolicyRequest) -> PolicyAction {
    switch greylist.open(request) {
    case .decided(let decision): return tell(decision)
    case .needs(let keys, let attempt):
      let decision = greylist.decide(
        attempt, store.records(for: keys), now: .now, instances: &instances)
      store.apply([decision.writes])
      return tell(decision)
    }
  }

  /// Forgets some of what has expired.
  ///
  /// - Returns: whether there may be more.
  func expire() -> Bool {
    let expiry = GreylistExpiry(now: WallTime.now.seconds, rules: greylist.rules)
    return store.expire(expiry, most: 1000) == 1000
  }

  var count: TripletStoreCount { store.count() }

  private func tell(_ decision: GreylistDecision) -> PolicyAction {
    for line in decision.log { log(.greylist(line)) }
    return decision.action
  }
}
