import Credentials

/// A login between its arrival and its answer.
struct PendingLogin: Sendable {
  let attempt: LoginAttempt
  /// Whose workers may check it.
  var rights: WorkerRights
  var subject: LoginSubject
  let arrived: ContinuousClock.Instant
  /// Still to be asked, in order; the first is the one being asked.
  var mechanisms: ArraySlice<MechanismName>
  var state: State
  /// When the mechanism was asked.
  var asked: ContinuousClock.Instant?
  /// The cache's generation when the mechanism was asked; nil: the verdict isn't to be remembered.
  var generation: UInt64?
  /// The first mechanism that could not decide.
  var outage: (mechanism: MechanismName, reason: Outage)?
  /// The last refusal, and the mechanism whose it is; nil when new rules refuse.
  var refusal: (mechanism: MechanismName?, reason: Refusal)?
  /// Nobody waits for the answer.
  var abandoned = false

  enum State: Equatable, Sendable {
    case queued
    case given(WorkerID)
    /// Refused, and the time to say so hasn't come.
    case refusalWaits
  }

  /// No mechanism has had its say.
  var isUndecided: Bool { outage == nil && refusal == nil }
  /// What its acceptance is remembered under.
  var account: CredentialCache.Account {
    CredentialCache.Account(login: subject.login, realm: subject.realm)
  }
}
