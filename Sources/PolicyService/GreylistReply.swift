import Policy

/// What the greylist says of a request.
enum GreylistReply {
  case now(GreylistOpinion)
  /// When the store has done what it takes.
  case later(StoreQuestion)
  /// There is no store any more.
  case never
}

/// What the store has to do before a request has its answer.
enum StoreQuestion {
  /// Its triplet isn't known here.
  case records(GreylistAttempt, GreylistKeys)
  /// The decision has to be safe before it is told.
  case commit(GreylistDecision)
}
