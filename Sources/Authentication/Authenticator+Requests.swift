import Credentials

/// How a login is to be checked.
struct LoginCourse: Equatable, Sendable {
  let subject: LoginSubject
  /// In order, at least one.
  let mechanisms: [MechanismName]
  let rights: WorkerRights
}

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
    case .sound(let course) where isStopping:
      end(request, attempt, login: course.subject.login, .unavailable(.stopping), now - arrived, &actions)
    case .sound(let course):
      if let acceptance = rememberedAcceptance(of: request, attempt, now: now) {
        actions.append(.finish(request, .accepted(acceptance)))
        record(
          LoginOutcome(
            of: request, attempt, login: course.subject.login, by: acceptance.mechanism, .accepted,
            isRemembered: true, elapsed: now - arrived), &actions)
      } else if queue.count >= rules.queueLimit {
        end(
          request, attempt, login: course.subject.login, .unavailable(.queueFull), now - arrived, &actions)
      } else {
        pending[request] = PendingLogin(
          attempt: attempt, rights: course.rights, subject: course.subject, arrived: arrived,
          mechanisms: course.mechanisms[...], state: .queued)
        queue.append(request, needing: course.rights)
        actions.append(.startTimer(request, at: arrived + rules.deadline))
      }
    }
  }

  enum Shape {
    case sound(LoginCourse)
    /// Without asking anybody.
    case refused(Refusal)
  }

  /// What the rules make of an attempt.
  func shape(of attempt: LoginAttempt) -> Shape {
    guard !attempt.login.isEmpty else { return .refused(.emptyLogin) }
    guard attempt.passwordLength > 0 else { return .refused(.emptyPassword) }
    guard let service = ServiceName(attempt.service), let own = rules.services[service] else {
      return .refused(.serviceNotAllowed)
    }
    let mechanisms = rules.mechanisms(for: own, realm: attempt.realm)
      .filter { attempt.passwordLength <= $0.longestPassword }
    guard !mechanisms.isEmpty else { return .refused(.passwordTooLong) }
    guard let login = rules.loginAsked(for: attempt) else { return .refused(.unknownUser) }
    let subject = LoginSubject(
      login: login, service: service, realm: attempt.realm, remote: attempt.remote)
    return .sound(LoginCourse(subject: subject, mechanisms: mechanisms, rights: own.rights))
  }

  mutating func abandon(_ request: RequestID, _ actions: inout [AuthenticationAction]) {
    switch pending[request]?.state {
    case .given: pending[request]?.abandoned = true
    case .queued:
      leaveQueue(request)
      forget(request, &actions)
    case .refusalWaits: forget(request, &actions)
    case nil: break
    }
  }

  private mutating func leaveQueue(_ request: RequestID) {
    if let login = pending[request] { queue.remove(request, needing: login.rights) }
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
      leaveQueue(request)
      finish(request, .unavailable(.queueDeadline), by: nil, now: now, &actions)
    case .given(let worker):
      pool.end(worker)
      workersLost += 1
      actions.append(.kill(worker))
      finish(request, .unavailable(.workerDeadline), by: login.mechanisms.first, now: now, &actions)
    }
  }
}
