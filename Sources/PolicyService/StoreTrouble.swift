/// A store that fails: said once a minute, counted always.
struct StoreTrouble {
  private static let interval = Duration.seconds(60)

  /// Requests that were not greylisted because of it.
  var skipped: UInt64 = 0
  private var lastTold: ContinuousClock.Instant?

  mutating func isWorthTelling(now: ContinuousClock.Instant) -> Bool {
    if let lastTold, now - lastTold < Self.interval { return false }
    lastTold = now
    return true
  }
}
