package import Credentials

/// What the authenticator goes by: the part of `[auth]` that decides.
package struct AuthenticationRules: Equatable, Sendable {
  /// Asked in this order where neither service nor realm says otherwise; one *accepted* is enough.
  package var mechanisms: [MechanismName]
  /// The services that may be asked for.
  package var services: [ServiceName: ServiceRules]
  /// The mechanisms of a realm, which go before a service's own: sites move directory by directory.
  package var realms: [RealmName: [MechanismName]]
  /// The mechanisms are asked for `login@realm`.
  package var appendRealm: Bool
  /// From connect to answer.
  package var deadline: Duration
  /// The most requests that wait for a worker; what comes then is closed at once.
  ///
  /// Those that wait for their next mechanism, one a worker at the most, are beyond it.
  package var queueLimit: Int
  /// Refusals leave at whole multiples of this after the connect.
  package var refusalStep: Duration
  /// A worker is given this many checks, then it ends: PAM modules leak.
  package var checksPerWorker: Int
  /// How long an acceptance is remembered; zero for not at all.
  package var cacheLifetime: Duration
  /// The most acceptances that are remembered.
  package var cacheEntries: Int

  /// What is different for one service.
  package struct ServiceRules: Equatable, Sendable {
    /// Nil: those of everybody.
    package var mechanisms: [MechanismName]?
    /// What the workers that check its logins were started with.
    package var rights: WorkerRights

    package init(mechanisms: [MechanismName]? = nil, rights: WorkerRights = []) {
      self.mechanisms = mechanisms
      self.rights = rights
    }
  }

  package init(
    mechanisms: [MechanismName], services: [ServiceName: ServiceRules],
    realms: [RealmName: [MechanismName]] = [:], appendRealm: Bool, deadline: Duration,
    queueLimit: Int = 1000, refusalStep: Duration = .seconds(1), checksPerWorker: Int = 100,
    cacheLifetime: Duration = .zero, cacheEntries: Int = 0
  ) {
    self.mechanisms = mechanisms
    self.services = services
    self.realms = realms
    self.appendRealm = appendRealm
    self.deadline = deadline
    self.queueLimit = queueLimit
    self.refusalStep = refusalStep
    self.checksPerWorker = checksPerWorker
    self.cacheLifetime = cacheLifetime
    self.cacheEntries = cacheEntries
  }

  /// The mechanisms for a login of this service and realm, in order.
  func mechanisms(for service: ServiceRules, realm: CountedString) -> [MechanismName] {
    if !realms.isEmpty, let realm = RealmName(realm), let own = realms[realm] { return own }
    return service.mechanisms ?? mechanisms
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
