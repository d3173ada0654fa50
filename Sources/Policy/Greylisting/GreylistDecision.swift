/// The outcome for one request.
package struct GreylistDecision: Equatable, Sendable {
  package var action: PolicyAction
  /// What the store has to learn.
  package var writes = GreylistWrites()
  /// In this order.
  package var log: [GreylistLogLine]

  init(_ action: PolicyAction, log: [GreylistLogLine]) {
    self.action = action
    self.log = log
  }
}

/// A request between the two steps of a decision.
package struct GreylistAttempt: Equatable, Sendable {
  let subject: GreylistSubject
  let keys: GreylistKeys
  let log: [GreylistLogLine]
}
