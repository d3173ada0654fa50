package import Credentials

/// What happens to the authenticator.
package enum AuthenticationEvent: Equatable, Sendable {
  /// A whole request; `arrived` is when its connection was accepted.
  case requested(RequestID, LoginAttempt, arrived: ContinuousClock.Instant)
  /// The client is gone: nobody waits for the answer.
  case abandoned(RequestID)
  /// The timer of a request, started with `AuthenticationAction.startTimer`.
  case due(RequestID)
  /// A worker has said hello; it may do no more than these rights say.
  case workerReady(WorkerID, rights: WorkerRights)
  case workerAnswered(WorkerID, WorkerAnswer)
  /// A worker sent what isn't in the protocol, or couldn't be sent to.
  case workerMisspoke(WorkerID)
  /// The worker's end of the socket is closed.
  case workerGone(WorkerID)
  /// A worker that new rules have no use for: it answers what it has in hand and ends.
  case workerRetired(WorkerID)
  /// New rules. Workers started under others have been retired before.
  case reconfigured(AuthenticationRules)
  /// The mechanisms' sources may say something else now.
  case sourcesChanged
  /// The operator wants acceptances forgotten: those of a login or of `login@realm`, nil for all.
  case cacheFlushed(login: CountedString?)
  /// Take nothing new; what is under way is answered.
  case stopping
}

/// What the authenticator wants done, in this order.
package enum AuthenticationAction: Equatable, Sendable {
  case give(RequestID, MechanismName, asked: LoginSubject, to: WorkerID)
  /// The request is over; `.unavailable` is told by closing without an answer.
  case finish(RequestID, Answer)
  /// The password isn't needed any more: only the answer is still to come.
  case forgetPassword(RequestID)
  /// Replaces the request's former timer.
  case startTimer(RequestID, at: ContinuousClock.Instant)
  /// Let a worker end by itself: close its socket.
  case dismiss(WorkerID)
  /// Ask the supervisor to end a worker.
  case kill(WorkerID)
  case log(LoginOutcome)

  /// How a request ends.
  package enum Answer: Equatable, Sendable {
    case accepted(Acceptance)
    case refused
    case unavailable
  }
}

/// The outcome of one login, for the log and the history: nothing of it says anything about the password.
package struct LoginOutcome: Equatable, Sendable {
  package let request: RequestID
  /// These three as the client sent them.
  package let service: CountedString
  package let realm: CountedString
  package let remote: CountedString
  /// As the mechanism was asked; with `append_realm` not what the client sent.
  package let login: CountedString
  /// The mechanism that decided, nil when none was asked.
  package let mechanism: MechanismName?
  package let verdict: AuthVerdict
  /// The cache knew it: no mechanism was asked.
  package let isRemembered: Bool
  /// From connect to the verdict.
  package let elapsed: Duration

  init(
    of request: RequestID, _ attempt: LoginAttempt, login: CountedString, by mechanism: MechanismName?,
    _ verdict: AuthVerdict, isRemembered: Bool = false, elapsed: Duration
  ) {
    self.request = request
    service = attempt.service
    realm = attempt.realm
    remote = attempt.remote
    self.login = login
    self.mechanism = mechanism
    self.verdict = verdict
    self.isRemembered = isRemembered
    self.elapsed = elapsed
  }
}
