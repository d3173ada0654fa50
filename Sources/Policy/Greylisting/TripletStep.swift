/// What one more try makes of a triplet.
struct TripletStep: Equatable {
  /// As it is from now on.
  let record: TripletRecord
  /// How long to wait still, seconds; not above 0 for one that passes.
  let missing: Int64
  /// Whether an earlier try has passed.
  let hadPassed: Bool
  /// Whether its first try was later than now: the clock has gone back.
  let wasInTheFuture: Bool

  init(_ known: TripletRecord?, now: Int64, by rules: GreylistRules) {
    var first = known?.first ?? now
    hadPassed = known?.hasPassed(delay: rules.delay) ?? false
    // Who comes back too late begins anew; who has passed once is not asked for it again.
    if !hadPassed, now - first > rules.retryWindow { first = now }
    wasInTheFuture = first > now
    if wasInTheFuture { first = now }
    record = TripletRecord(first: first, last: now)
    missing = rules.delay - (now - first)
  }

  var isFirstSuccess: Bool { missing <= 0 && !hadPassed }
}
