import Credentials

/// New rules, with logins under way.
extension Authenticator {
  /// Goes by new rules from here on; nobody who waits is lost, and nobody is checked as only the old ones say.
  mutating func adopt(
    _ new: AuthenticationRules, now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    rules = new
    cache.adopt(lifetime: new.cacheLifetime, limit: new.cacheEntries)
    let waiting = queue.all.sorted { $0.number < $1.number }
    queue.removeAll()
    // Each goes to the front: the last first.
    for request in waiting.reversed() { queueAnew(request, now: now, &actions) }
    for (request, login) in pending {
      guard case .given = login.state else { continue }
      let mechanisms = remainder(of: login)
      pending[request]?.mechanisms = mechanisms
    }
  }

  private mutating func queueAnew(
    _ request: RequestID, now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    guard var login = pending[request] else { return }
    switch shape(of: login.attempt) {
    case .refused(let refusal):
      login.refusal = (nil, refusal)
      login.mechanisms = []
    case .sound(let course):
      login.rights = course.rights
      login.subject = course.subject
      login.mechanisms =
        login.isUndecided
        ? course.mechanisms[...] : login.mechanisms.filter(course.mechanisms.contains)[...]
    }
    pending[request] = login
    goOn(request, login, now: now, &actions)
  }

  /// The mechanism that is being asked, and of those to come what the new rules still have.
  private func remainder(of login: PendingLogin) -> ArraySlice<MechanismName> {
    guard case .sound(let course) = shape(of: login.attempt) else { return login.mechanisms.prefix(1) }
    return (login.mechanisms.prefix(1) + login.mechanisms.dropFirst().filter(course.mechanisms.contains))[...]
  }
}
