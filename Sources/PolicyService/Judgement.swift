import Policy

/// What a restriction list says of a request.
enum Judgement {
  case now(PolicyAction)
  /// When what the list waits for is known.
  case later(OpenCase)
}

/// A request that can't be decided yet.
struct OpenCase {
  let id: UInt64
  let request: PolicyRequest
  let lists: PolicyListener.Lists
  let began: ContinuousClock.Instant
  /// What its list waits for first.
  let awaited: Set<Lookup>
}
