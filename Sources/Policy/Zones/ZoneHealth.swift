/// Whether a list in the DNS is believed, by what its probes have said and what it answers to real questions.
///
/// A value: it says what has changed and when to ask again; asking, waiting and logging are others'.
package struct ZoneHealth: Sendable, Equatable {
  /// Between two probes of a sound zone.
  package static let roundInterval = Duration.seconds(4 * 3600)
  /// After a probe that found trouble, doubled each time up to `longestRetry`.
  package static let firstRetry = Duration.seconds(60)
  package static let longestRetry = Duration.seconds(30 * 60)
  /// So many questions in a row without an answer, and the zone is probed.
  package static let mostFailures = 5

  /// Why it is set aside; nil while it is believed.
  package private(set) var trouble: ZoneTrouble?
  private var retry = firstRetry
  private var failures = 0

  package init() {}

  /// What follows from something that was learnt.
  package enum Change: Sendable, Equatable {
    case setAside(ZoneTrouble)
    case takenBack
  }

  /// Takes what a probe found.
  ///
  /// - Returns: what is worth telling, and when to probe again.
  package mutating func take(_ finding: ZoneProbe.Finding) -> (change: Change?, next: Duration) {
    failures = 0
    switch finding {
    case .sound:
      let change: Change? = trouble == nil ? nil : .takenBack
      trouble = nil
      retry = Self.firstRetry
      return (change, Self.roundInterval)
    case .unsound(let found):
      let change: Change? = trouble == found ? nil : .setAside(found)
      trouble = found
      let next = retry
      retry = min(retry * 2, Self.longestRetry)
      return (change, next)
    }
  }

  /// Takes what the zone has answered to a question about a client or a domain.
  ///
  /// - Parameters:
  ///   - listing: what it said; nil when it said nothing.
  /// - Returns: what is worth telling, and whether to probe now.
  package mutating func take(_ listing: ZoneListing?) -> (change: Change?, probes: Bool) {
    guard let listing else {
      failures += 1
      let probes = failures == Self.mostFailures && trouble == nil
      return (nil, probes)
    }
    failures = 0
    guard trouble == nil, let found = listing.trouble else { return (nil, false) }
    trouble = found
    return (.setAside(found), true)
  }
}
