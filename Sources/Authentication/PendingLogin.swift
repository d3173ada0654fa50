import Credentials

/// A login between its arrival and its answer.
struct PendingLogin: Sendable {
  let attempt: LoginAttempt
  let subject: LoginSubject
  let arrived: ContinuousClock.Instant
  /// Still to be asked, in order.
  var mechanisms: ArraySlice<MechanismName>
  var state: State
  /// The first mechanism that could not decide.
  var outage: (mechanism: MechanismName, reason: Outage)?
  /// The last mechanism that refused.
  var refusal: (mechanism: MechanismName, reason: Refusal)?
  /// Nobody waits for the answer.
  var abandoned = false

  enum State: Equatable, Sendable {
    case queued
    case given(WorkerID)
    /// Refused, and the time to say so hasn't come.
    case refusalWaits
  }
}
