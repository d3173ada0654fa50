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

/// A request between the two steps of a decision.
package struct GreylistAttempt: Equatable, Sendable {
  let subject: GreylistSubject
  let keys: GreylistKeys
  let log: [GreylistLogLine]
}
