import Credentials

/// Requests: taken, given up, due.
extension Authenticator {
  mutating func take(
    _ request: RequestID, _ attempt: LoginAttempt, arrived: ContinuousClock.Instant,
    now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    precondition(pending[request] == nil, "a request comes once")
    switch shape(of: attempt) {
    case .refused(let refusal):
      end(request, attempt, login: attempt.login, .refused(refusal), now - arrived, &actions)
    case .sound(let subject, _) where isStopping:
      end(request, attempt, login: subject.login, .unavailable(.stopping), now - arrived, &actions)
    case .sound(let subject, _) where queue.count >= rules.queueLimit:
      end(request, attempt, login: subject.login, .unavailable(.queueFull), now - arrived, &actions)
    case .sound(let subject, let mechanisms):
      pending[request] = PendingLogin(
        attempt: attempt, subject: subject, arrived: arrived, mechanisms: mechanisms[...], state: .queued)
      queue.append(request)
      actions.append(.startTimer(request, at: arrived + rules.deadline))
    }
  }

  private enum Shape {
    case sound(LoginSubject, [MechanismName])
    /// Without asking anybody.
    case refused(Refusal)
  }

  private func shape(of attempt: LoginAttempt) -> Shape {
    guard !attempt.login.isEmpty else { return .refused(.emptyLogin) }
    guard attempt.passwordLength > 0 else { return .refused(.emptyPassword) }
    guard let service = ServiceName(attempt.service), rules.services.contains(service) else {
      return .refused(.serviceNotAllowed)
    }
    let mechanisms = rules.mechanisms.filter { attempt.passwordLength <= $0.longestPassword }
    guard !mechanisms.isEmpty else { return .refused(.passwordTooLong) }
    guard let login = rules.loginAsked(for: attempt) else { return .refused(.unknownUser) }
    let subject = LoginSubject(
      login: login, service: service, realm: attempt.realm, remote: attempt.remote)
    return .sound(subject, mechanisms)
  }

  mutating func abandon(_ request: RequestID, _ actions: inout [AuthenticationAction]) {
    switch pending[request]?.state {
    case .given: pending[request]?.abandoned = true
    case .queued:
      queue.remove(request)
      forget(request, &actions)
    case .refusalWaits: forget(request, &actions)
    case nil: break
    }
  }

  mutating func forget(_ request: RequestID, _ actions: inout [AuthenticationAction]) {
    pending[request] = nil
    actions.append(.finish(request, .unavailable))
  }

  mutating func becomeDue(
    _ request: RequestID, now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    guard let login = pending[request] else { return }
    switch login.state {
    case .refusalWaits:
      pending[request] = nil
      actions.append(.finish(request, .refused))
    case .queued:
      queue.remove(request)
      finish(request, .unavailable(.queueDeadline), by: nil, now: now, &actions)
    case .given(let worker):
      pool.end(worker)
      workersLost += 1
      actions.append(.kill(worker))
      finish(request, .unavailable(.workerDeadline), by: login.mechanisms.first, now: now, &actions)
    }
  }
}
