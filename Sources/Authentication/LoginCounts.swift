import Credentials

/// How logins ended since the start, for `postern status`.
package struct LoginCounts: Equatable, Sendable {
  package private(set) var accepted: UInt64 = 0
  /// Among the accepted those that the cache knew.
  package private(set) var remembered: UInt64 = 0
  package private(set) var refused: UInt64 = 0
  package private(set) var unavailable: UInt64 = 0
  /// The last reasons, newest first, at most eight.
  package private(set) var lastReasons: [String] = []

  package init() {}

  mutating func count(_ outcome: LoginOutcome) {
    switch outcome.verdict {
    case .accepted:
      accepted += 1
      if outcome.isRemembered { remembered += 1 }
    case .refused(let refusal):
      refused += 1
      note(refusal.reason)
    case .unavailable(let outage):
      unavailable += 1
      note(outage.reason)
    }
  }

  private mutating func note(_ reason: String) {
    lastReasons.removeAll { $0 == reason }
    lastReasons.insert(reason, at: 0)
    if lastReasons.count > 8 { lastReasons.removeLast() }
  }
}
