/// What evaluating a list comes to.
package enum Evaluation: Equatable, Sendable {
  case decided(Decision)
  /// Come again when one of these is known, or when time is up.
  case waiting(for: Set<Lookup>)
}
