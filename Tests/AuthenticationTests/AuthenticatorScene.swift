import Testing

@testable import Authentication
@testable import Credentials

/// An authenticator with a clock that only the test moves.
struct AuthenticatorScene {
  let start = ContinuousClock.Instant.now
  var now: ContinuousClock.Instant
  var authenticator: Authenticator

  init(
    mechanisms: [MechanismName] = [.pam], workers: Int = 1, queueLimit: Int = 1000,
    appendRealm: Bool = false, checksPerWorker: Int = 100
  ) {
    self.init(
      rules: Self.rules(
        mechanisms: mechanisms, queueLimit: queueLimit, appendRealm: appendRealm,
        checksPerWorker: checksPerWorker),
      workers: workers)
  }

  init(rules: AuthenticationRules, workers: Int = 1) {
    now = start
    authenticator = Authenticator(rules: rules)
    for slot in 0..<workers { tell(.workerReady(Self.worker(slot), rights: [])) }
  }

  static func rules(
    mechanisms: [MechanismName] = [.pam], queueLimit: Int = 1000, appendRealm: Bool = false,
    checksPerWorker: Int = 100
  ) -> AuthenticationRules {
    AuthenticationRules(
      mechanisms: mechanisms,
      services: [service("smtp"): .init(), service("imap"): .init()],
      appendRealm: appendRealm, deadline: .seconds(10), queueLimit: queueLimit,
      refusalStep: .seconds(1), checksPerWorker: checksPerWorker, cacheLifetime: .seconds(300),
      cacheEntries: 20)
  }

  static func service(_ name: String) -> ServiceName {
    guard let service = ServiceName(name) else { preconditionFailure("\(name) is a service's name") }
    return service
  }

  static func worker(_ slot: Int) -> WorkerID { WorkerID(slot: slot, incarnation: 1) }

  static func attempt(
    login: String = "alice", passwordLength: Int = 6, service: String = "smtp", realm: String = ""
  ) -> LoginAttempt {
    LoginAttempt(
      login: CountedString(login) ?? .empty, passwordLength: passwordLength,
      service: CountedString(service) ?? .empty, realm: CountedString(realm) ?? .empty, remote: .empty)
  }

  /// The same with a password, a number here, that the cache can know it by.
  static func attempt(
    login: String = "alice", password: UInt64, service: String = "smtp", realm: String = ""
  ) -> LoginAttempt {
    let credentials = UInt64(bitPattern: Int64(login.hashValue)) &+ password
    let request = credentials &+ UInt64(bitPattern: Int64((service + "/" + realm).hashValue))
    return LoginAttempt(
      login: CountedString(login) ?? .empty, passwordLength: 6,
      service: CountedString(service) ?? .empty, realm: CountedString(realm) ?? .empty, remote: .empty,
      fingerprint: LoginFingerprint(
        request: KeyedDigest((request, 0, 0, 0)), credentials: KeyedDigest((credentials, 0, 0, 0))))
  }

  @discardableResult
  mutating func tell(_ event: AuthenticationEvent) -> [AuthenticationAction] {
    authenticator.handle(event, now: now)
  }

  /// A request that arrives now.
  @discardableResult
  mutating func request(
    _ number: UInt64, _ attempt: LoginAttempt = attempt()
  ) -> [AuthenticationAction] {
    tell(.requested(RequestID(number), attempt, arrived: now))
  }

  /// Worker 0's verdict on a request.
  @discardableResult
  mutating func verdict(
    _ verdict: AuthVerdict, on number: UInt64, from slot: Int = 0, leaving: Bool = false
  ) -> [AuthenticationAction] {
    tell(
      .workerAnswered(
        Self.worker(slot), WorkerAnswer(request: RequestID(number), verdict: verdict, leaving: leaving)))
  }
}

extension [AuthenticationAction] {
  /// How requests ended, in order.
  var answers: [AuthenticationAction.Answer] {
    compactMap { if case .finish(_, let answer) = $0 { answer } else { nil } }
  }

  var given: [MechanismName] {
    compactMap { if case .give(_, let mechanism, _, _) = $0 { mechanism } else { nil } }
  }

  var logged: [AuthVerdict] {
    compactMap { if case .log(let outcome) = $0 { outcome.verdict } else { nil } }
  }

  var timers: [ContinuousClock.Instant] {
    compactMap { if case .startTimer(_, let time) = $0 { time } else { nil } }
  }

  var killed: [WorkerID] {
    compactMap { if case .kill(let worker) = $0 { worker } else { nil } }
  }

  var dismissed: [WorkerID] {
    compactMap { if case .dismiss(let worker) = $0 { worker } else { nil } }
  }
}

extension AuthenticationAction.Answer {
  var isAccepted: Bool { if case .accepted = self { true } else { false } }
  /// Accepted by the cache.
  var isRemembered: Bool {
    if case .accepted(let acceptance) = self { acceptance.isRemembered } else { false }
  }
}
