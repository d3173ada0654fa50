/// Somebody of whom nothing seems to be known, with what the store has to learn when that is so.
///
/// He is told to come back on the ground of no records at all. The store looks whether there are none, and writes in the
/// same turn: a new triplet needs one question, and not one for its records and another for what became of it.
package struct Stranger: Equatable, Sendable {
  package let keys: GreylistKeys
  /// Of the decision.
  package let writes: GreylistWrites
  /// With so many successes a client is whitelisted.
  private let whitelistedFrom: Int64

  /// - Parameters:
  ///   - keys: his.
  ///   - writes: of the decision that rests on no records.
  ///   - rules: by which it was made.
  package init(_ keys: GreylistKeys, _ writes: GreylistWrites, by rules: GreylistRules) {
    self.keys = keys
    self.writes = writes
    whitelistedFrom = rules.autoWhitelistClients == 0 ? .max : rules.autoWhitelistClients
  }

  /// Whether the decision is the same when these are what the store has for his keys.
  package func isConfirmed(by records: GreylistRecords) -> Bool {
    records.triplet == nil && records.correspondence == nil && records.pools ?? PoolRecords() == PoolRecords()
      && (records.client?.count ?? 0) < whitelistedFrom
  }
}

extension Greylist {
  /// The decision about an attempt of which nothing is known but `records`, and who it is then.
  ///
  /// - Returns: nil for one who needn't come back even so, and for one of whom something is known.
  package func stranger(
    _ attempt: GreylistAttempt, _ records: GreylistRecords, now: WallTime
  ) -> (stranger: Stranger, decision: GreylistDecision)? {
    // Who is put off isn't counted as a message that came.
    var instances = RecentInstances()
    var records = records
    records.pools = attempt.keys.pools.map { _ in PoolRecords() }
    let decision = decide(attempt, records, now: now, instances: &instances)
    let stranger = Stranger(attempt.keys, decision.writes, by: rules)
    guard decision.writes.triplet?.isAwaited == true, stranger.isConfirmed(by: records) else { return nil }
    return (stranger, decision)
  }
}
