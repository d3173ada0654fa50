import Credentials

/// The cache: what it answers, what it learns and what it forgets.
extension Authenticator {
  func rememberedAcceptance(
    of request: RequestID, _ attempt: LoginAttempt, now: ContinuousClock.Instant
  ) -> Acceptance? {
    guard let fingerprint = attempt.fingerprint,
      let remembered = cache.acceptance(of: fingerprint, now: now)
    else { return nil }
    return Acceptance(of: request, by: remembered)
  }

  /// Remembers a worker's verdict, unless something changed since the worker was asked.
  mutating func remember(_ acceptance: Acceptance, of login: PendingLogin, now: ContinuousClock.Instant) {
    guard login.generation == cache.generation, let fingerprint = login.attempt.fingerprint,
      let remembered = RememberedAcceptance(acceptance)
    else { return }
    cache.remember(remembered, as: fingerprint, of: login.account, now: now)
  }

  /// Forgets acceptances; a check of these logins that is under way is not remembered either.
  mutating func flushCache(of login: CountedString?) {
    guard let login else { return cache.beginGeneration() }
    cache.forget(accountsNamed: login)
    for (request, pending) in pending where pending.account.isNamed(login) {
      self.pending[request]?.generation = nil
    }
  }
}
