/// Whether a list in the DNS is believed, by what its probes have said and what it answers to real questions.
///
/// A value: it says what has changed and when to ask again; asking, waiting and logging are others'.
package struct ZoneHealth: Sendable, Equatable {
  /// When zones are probed.
  package struct Pace: Sendable, Equatable {
    /// Between two probes of a sound zone.
    package var round = Duration.seconds(4 * 3600)
    /// After trouble was found, doubled each time up to `longestRetry`; but for silence, which ends at any time.
    package var firstRetry = Duration.seconds(60)
    package var longestRetry = Duration.seconds(30 * 60)

    package init() {}
  }

  /// So many questions in a row without an answer, and the zone is probed.
  package static let mostFailures = 5

  /// Why it is set aside; nil while it is believed.
  package private(set) var trouble: ZoneTrouble?
  private let pace: Pace
  private var retry: Duration
  private var failures = 0
  /// Whether it is to be probed because of an answer that no list gives.
  private var isSuspected = false

  package init(pace: Pace = Pace()) {
    self.pace = pace
    retry = pace.firstRetry
  }

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
    isSuspected = false
    switch finding {
    case .sound:
      let change: Change? = trouble == nil ? nil : .takenBack
      trouble = nil
      retry = pace.firstRetry
      return (change, pace.round)
    case .unsound(let found):
      let change: Change? = trouble == found ? nil : .setAside(found)
      trouble = found
      if found == .isDead || found == .isOutOfReach { return (change, pace.firstRetry) }
      let next = retry
      retry = min(retry * 2, pace.longestRetry)
      return (change, next)
    }
  }

  /// Takes what the zone has answered to a question about a client or a domain.
  ///
  /// - Parameter listing: what it said; nil when it said nothing.
  /// - Returns: what is worth telling, and when to probe; nil: when that was planned anyway.
  package mutating func take(_ listing: ZoneListing?) -> (change: Change?, next: Duration?) {
    guard let listing else {
      failures += 1
      return (nil, failures == Self.mostFailures && trouble == nil ? .zero : nil)
    }
    failures = 0
    guard trouble == nil, let found = listing.trouble else { return (nil, nil) }
    if case .answersOutside = found {
      // A name in the zone may be a host's, and strangers choose what is asked. It lists nobody meanwhile.
      defer { isSuspected = true }
      return (nil, isSuspected ? nil : pace.firstRetry)
    }
    trouble = found
    return (.setAside(found), pace.firstRetry)
  }
}
