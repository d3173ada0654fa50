import Credentials

/// Verdicts: from what a mechanism says to how a login ends.
extension Authenticator {
  mutating func accept(
    _ acceptance: Acceptance, now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    guard let login = pending.removeValue(forKey: acceptance.request) else { return }
    remember(acceptance, of: login, now: now)
    actions.append(.finish(acceptance.request, .accepted(acceptance)))
    record(acceptance.request, login, .accepted, by: acceptance.mechanism, now: now, &actions)
  }

  /// One mechanism didn't accept: the next one is asked, or the login ends.
  mutating func proceed(
    _ given: GivenCheck, _ verdict: AuthVerdict, now: ContinuousClock.Instant,
    _ actions: inout [AuthenticationAction]
  ) {
    guard var login = pending[given.request] else { return }
    switch verdict {
    case .accepted: preconditionFailure("accepted goes another way")
    case .refused(let reason): login.refusal = (given.mechanism, reason)
    case .unavailable(let reason):
      if login.outage == nil { login.outage = (given.mechanism, reason) }
    }
    login.mechanisms = login.mechanisms.dropFirst()
    pending[given.request] = login
    goOn(given.request, login, now: now, &actions)
  }

  /// Asks the next mechanism, or ends a login that none has accepted.
  mutating func goOn(
    _ request: RequestID, _ login: PendingLogin, now: ContinuousClock.Instant,
    _ actions: inout [AuthenticationAction]
  ) {
    if !login.mechanisms.isEmpty, !login.abandoned {
      pending[request]?.state = .queued
      // It came before those that wait, and has less time left than they have.
      queue.putBack(request, needing: login.rights)
    } else if let outage = login.outage {
      finish(request, .unavailable(outage.reason), by: outage.mechanism, now: now, &actions)
    } else {
      refuse(request, login, now: now, &actions)
    }
  }

  mutating func refuse(
    _ request: RequestID, _ login: PendingLogin, now: ContinuousClock.Instant,
    _ actions: inout [AuthenticationAction]
  ) {
    guard let refusal = login.refusal else { preconditionFailure("refused for a reason") }
    record(request, login, .refused(refusal.reason), by: refusal.mechanism, now: now, &actions)
    guard !login.abandoned else { return forget(request, &actions) }
    pending[request]?.state = .refusalWaits
    actions.append(.forgetPassword(request))
    actions.append(
      .startTimer(request, at: rules.refusalTime(arrived: login.arrived, now: now)))
  }

  mutating func finish(
    _ request: RequestID, _ verdict: AuthVerdict, by mechanism: MechanismName?,
    now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    guard let login = pending.removeValue(forKey: request) else { return }
    actions.append(.finish(request, .unavailable))
    record(request, login, verdict, by: mechanism, now: now, &actions)
  }

  /// Ends a request that was never queued.
  mutating func end(
    _ request: RequestID, _ attempt: LoginAttempt, login: CountedString, _ verdict: AuthVerdict,
    _ elapsed: Duration, _ actions: inout [AuthenticationAction]
  ) {
    if case .refused = verdict {
      actions.append(.finish(request, .refused))
    } else {
      actions.append(.finish(request, .unavailable))
    }
    record(
      LoginOutcome(of: request, attempt, login: login, by: nil, verdict, elapsed: elapsed), &actions)
  }

  private mutating func record(
    _ request: RequestID, _ login: PendingLogin, _ verdict: AuthVerdict, by mechanism: MechanismName?,
    now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    record(
      LoginOutcome(
        of: request, login.attempt, login: login.subject.login, by: mechanism, verdict,
        elapsed: now - login.arrived), &actions)
  }

  mutating func record(_ outcome: LoginOutcome, _ actions: inout [AuthenticationAction]) {
    counts.count(outcome)
    actions.append(.log(outcome))
  }
}
