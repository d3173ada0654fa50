package import Credentials

/// What the authenticator goes by: the part of `[auth]` that decides.
package struct AuthenticationRules: Equatable, Sendable {
  /// Asked in this order; one *accepted* is enough.
  package var mechanisms: [MechanismName]
  package var services: Set<ServiceName>
  /// The mechanisms are asked for `login@realm`.
  package var appendRealm: Bool
  /// From connect to answer.
  package var deadline: Duration
  /// The most requests that wait for a worker; what comes then is closed at once.
  package var queueLimit: Int
  /// Refusals leave at whole multiples of this after the connect.
  package var refusalStep: Duration
  /// A worker is given this many checks, then it ends: PAM modules leak.
  package var checksPerWorker: Int

  package init(
    mechanisms: [MechanismName], services: Set<ServiceName>, appendRealm: Bool, deadline: Duration,
    queueLimit: Int = 1000, refusalStep: Duration = .seconds(1), checksPerWorker: Int = 100
  ) {
    self.mechanisms = mechanisms
    self.services = services
    self.appendRealm = appendRealm
    self.deadline = deadline
    self.queueLimit = queueLimit
    self.refusalStep = refusalStep
    self.checksPerWorker = checksPerWorker
  }

  /// The name that the mechanisms are asked for; nil when joining makes it longer than a name may be.
  func loginAsked(for attempt: LoginAttempt) -> CountedString? {
    guard appendRealm, !attempt.realm.isEmpty else { return attempt.login }
    return CountedString(attempt.login.bytes + [UInt8(ascii: "@")] + attempt.realm.bytes)
  }

  /// When a refusal that is known at `now` is told: the grid is the same for every login, so that the time
  /// says nothing about which logins exist.
  func refusalTime(
    arrived: ContinuousClock.Instant, now: ContinuousClock.Instant
  ) -> ContinuousClock.Instant {
    let elapsed = now - arrived
    var due = refusalStep
    while due < elapsed { due += refusalStep }
    return arrived + min(due, deadline)
  }
}
