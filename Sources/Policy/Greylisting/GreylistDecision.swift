/// The outcome for one request.
package struct GreylistDecision: Equatable, Sendable {
  package var action: PolicyAction
  /// What the store has to learn.
  package var writes = GreylistWrites()
  /// In this order.
  package var log: [GreylistLogLine]
  package var reason: GreylistReason

  init(_ action: PolicyAction, log: [GreylistLogLine], reason: GreylistReason) {
    self.action = action
    self.log = log
    self.reason = reason
  }
}

extension GreylistDecision {
  /// What a list that comes to `check_greylist` is told.
  package var opinion: GreylistOpinion { GreylistOpinion(action, because: reason) }
}

/// What greylisting says of a request, and why.
package struct GreylistOpinion: Equatable, Sendable {
  package let action: PolicyAction
  /// Nil when nobody has looked: the store can't be asked.
  package let reason: GreylistReason?

  package init(_ action: PolicyAction, because reason: GreylistReason? = nil) {
    self.action = action
    self.reason = reason
  }
}

/// A request between the two steps of a decision.
package struct GreylistAttempt: Equatable, Sendable {
  let subject: GreylistSubject
  let keys: GreylistKeys
  let log: [GreylistLogLine]
}
