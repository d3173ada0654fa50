/// What may become of a stranger at a restriction.
struct StrangerOutcomes {
  /// He may come to the next restriction.
  var goesOn = false
  /// He may be refused, deferred or thrown away.
  var stops = false
  /// A path to *permit*, when there may be one.
  var permits: [ProofStep]?

  static let passes = StrangerOutcomes(goesOn: true)
  static let isStopped = StrangerOutcomes(stops: true)
  static let either = StrangerOutcomes(goesOn: true, stops: true)

  /// The same, where what permits is an error instead.
  func without(permits isError: Bool) -> StrangerOutcomes {
    guard isError, permits != nil else { return self }
    return StrangerOutcomes(goesOn: goesOn, stops: true)
  }

  mutating func join(_ other: StrangerOutcomes) {
    goesOn = goesOn || other.goesOn
    stops = stops || other.stops
    permits = permits ?? other.permits
  }
}
