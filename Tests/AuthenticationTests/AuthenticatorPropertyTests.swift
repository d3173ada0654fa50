import Credentials
import TestKit
import Testing

@testable import Authentication

/// Random events of many interleaved requests and workers; what must hold holds after each of them.
@Suite struct AuthenticatorPropertyTests {
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `Whatever happens: no accept without a worker's, one answer each, caps and deadlines kept`(
    seed: UInt64
  ) {
    var run = RandomRun(seed: seed)
    for _ in 0..<4000 { run.step() }
    run.drain()
    #expect(run.faults == [], "seed \(seed)")
    #expect(run.accepted > 50, "the run accepts logins at all")
    #expect(run.remembered > 20, "the cache is used at all")
  }
}

/// Plays the clients, the workers, the clock and an administrator who changes passwords, and keeps books of its
/// own.
///
/// Each login has one right password at a time. A worker that accepts has seen it at some moment between being
/// asked and its answer; the cache may only say what is right now.
private struct RandomRun {
  private var random: SeededGenerator
  private static let queueLimit = 40
  private static let mostWorkers = 8
  /// What imap's workers may do, smtp's may not.
  private static let rights: WorkerRights = .exec
  private var scene = AuthenticatorScene(rules: RandomRun.rules(mechanisms: [.pam, .shadow]), workers: 0)
  private let logins = (0..<12).map { "user\($0)" }
  /// The right password of each login; a number here.
  private var passwords: [String: UInt64] = [:]
  private var attempts: [RequestID: (login: String, password: UInt64)] = [:]
  /// Whether the password was right when a worker was asked.
  private var wasRight: [RequestID: Bool] = [:]
  private var nextRequest: UInt64 = 1
  private var nextIncarnation: UInt32 = 1
  private var open: [RequestID: ContinuousClock.Instant] = [:]
  private var timers: [RequestID: ContinuousClock.Instant] = [:]
  private var working: [WorkerID: RequestID?] = [:]
  private var rights: [WorkerID: WorkerRights] = [:]
  /// Workers whose end was asked for and has not come: they may still speak.
  private var doomed: [WorkerID: RequestID?] = [:]
  /// Requests for which a worker that held them has said accepted in the event under way.
  private var vouched: Set<RequestID> = []
  private(set) var faults: [String] = []
  private(set) var accepted = 0
  private(set) var remembered = 0

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func step() {
    scene.now += .milliseconds(Int.random(in: 0...300, using: &random))
    fireTimers()
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<35: request()
    case 35..<75: answer()
    case 75..<82: misbehave()
    case 82..<86: loseWorker()
    case 86..<93: addWorker()
    case 93..<94: Bool.random(using: &random) ? retireWorker() : endDoomed()
    case 94..<96: abandon()
    case 96..<98: changePassword()
    case 98..<99:
      feed(.cacheFlushed(login: logins.randomElement(using: &random).flatMap { CountedString($0) }))
    default: reconfigure()
    }
  }

  private static func rules(
    mechanisms: [MechanismName], services: [String] = ["smtp", "imap"], appendRealm: Bool = false
  ) -> AuthenticationRules {
    var rules = AuthenticatorScene.rules(
      mechanisms: mechanisms, queueLimit: queueLimit, appendRealm: appendRealm)
    rules.services = [:]
    for service in services {
      let rights = service == "imap" ? Self.rights : []
      rules.services[AuthenticatorScene.service(service)] = .init(rights: rights)
    }
    return rules
  }

  /// Other mechanisms, now and then a service less, or other names that the mechanisms are asked for.
  private mutating func reconfigure() {
    let mechanisms: [[MechanismName]] = [[.pam, .shadow], [.shadow, .pam], [.shadow]]
    feed(
      .reconfigured(
        Self.rules(
          mechanisms: mechanisms.randomElement(using: &random) ?? [.pam],
          services: Int.random(in: 0..<4, using: &random) == 0 ? ["smtp"] : ["smtp", "imap"],
          appendRealm: Bool.random(using: &random))))
  }

  /// Lets all the time pass that anybody may wait.
  mutating func drain() {
    for _ in 0..<120 {
      scene.now += .milliseconds(100)
      fireTimers()
    }
    if !open.isEmpty { faults.append("\(open.count) requests have no answer") }
    if !scene.authenticator.isIdle { faults.append("the authenticator still holds requests") }
  }

  private mutating func feed(_ event: AuthenticationEvent) {
    for action in scene.tell(event) { carryOut(action) }
    vouched = []
    if scene.authenticator.queueLength > Self.queueLimit + Self.mostWorkers {
      faults.append("the queue is above its cap")
    }
    if scene.authenticator.rememberedLogins > 20 { faults.append("the cache is above its cap") }
  }

  private mutating func carryOut(_ action: AuthenticationAction) {
    switch action {
    case .give(let request, _, let subject, let worker):
      if rights[worker] != (subject.service.description == "imap" ? Self.rights : []) {
        faults.append("\(request) is given to a worker with other rights")
      }
      if working[worker] != .some(nil) { faults.append("\(worker) is given work while it isn't idle") }
      working[worker] = request
      wasRight[request] = isRight(request)
    case .finish(let request, let answer):
      guard let arrived = open.removeValue(forKey: request) else {
        return faults.append("\(request) is answered twice")
      }
      timers[request] = nil
      if scene.now - arrived > .milliseconds(10_300) { faults.append("\(request) is answered late") }
      guard answer.isAccepted else { return }
      accepted += 1
      if answer.isRemembered {
        remembered += 1
        if !isRight(request) { faults.append("\(request) is accepted with a password that was changed") }
      } else if !vouched.contains(request) {
        faults.append("\(request) is accepted without a worker's word")
      }
    case .startTimer(let request, let time): timers[request] = time
    case .dismiss(let worker): working[worker] = nil
    case .kill(let worker): doomed[worker] = working.removeValue(forKey: worker)
    case .forgetPassword, .log: break
    }
  }

  private mutating func fireTimers() {
    for (request, time) in timers.sorted(by: { $0.value < $1.value }) where time <= scene.now {
      guard timers[request] == time else { continue }
      timers[request] = nil
      feed(.due(request))
    }
  }

  private mutating func request() {
    let id = RequestID(nextRequest)
    nextRequest += 1
    open[id] = scene.now
    guard Int.random(in: 0..<7, using: &random) > 0 else {
      let length = [0, 600].randomElement(using: &random) ?? 0
      return feed(.requested(id, AuthenticatorScene.attempt(passwordLength: length), arrived: scene.now))
    }
    let login = logins.randomElement(using: &random) ?? "user0"
    let right = passwords[login, default: 0]
    // The right one, the former one or one that never was.
    let password = [right, right, right, right &- 1, 1_000_000].randomElement(using: &random) ?? right
    attempts[id] = (login, password)
    let service = ["smtp", "imap"].randomElement(using: &random) ?? "smtp"
    feed(
      .requested(
        id, AuthenticatorScene.attempt(login: login, password: password, service: service),
        arrived: scene.now))
  }

  private func isRight(_ request: RequestID) -> Bool {
    guard let (login, password) = attempts[request] else { return false }
    return passwords[login, default: 0] == password
  }

  /// As the edge does it: the change is told before anything else is.
  private mutating func changePassword() {
    guard let login = logins.randomElement(using: &random) else { return }
    passwords[login, default: 0] += 1
    feed(.sourcesChanged)
  }

  private mutating func retireWorker() {
    guard let worker = working.keys.sorted(by: { $0.incarnation < $1.incarnation }).first else { return }
    feed(.workerRetired(worker))
  }

  private mutating func answer() {
    let busy = working.compactMap { entry in entry.value.map { (entry.key, $0) } }
      .sorted { $0.1.number < $1.1.number }
    guard let (worker, request) = busy.randomElement(using: &random) else { return addWorker() }
    // The worker may have read the password before a change or after it.
    let sawRight = Bool.random(using: &random) ? wasRight[request] == true : isRight(request)
    let verdict: AuthVerdict =
      Int.random(in: 0..<8, using: &random) == 0
      ? .unavailable(.mechanismFailed) : sawRight ? .accepted : .refused(.badPassword)
    let leaving = Int.random(in: 0..<20, using: &random) == 0
    working[worker] = leaving ? nil : .some(nil)
    if verdict == .accepted { vouched.insert(request) }
    feed(
      .workerAnswered(worker, WorkerAnswer(request: request, verdict: verdict, leaving: leaving)))
    if leaving { feed(.workerGone(worker)) }
  }

  /// An end that was asked for comes at last; before it the worker may have finished, too late.
  private mutating func endDoomed() {
    guard let worker = doomed.keys.sorted(by: { $0.incarnation < $1.incarnation }).first else { return }
    if let request = doomed.removeValue(forKey: worker) ?? nil, Bool.random(using: &random) {
      feed(.workerAnswered(worker, WorkerAnswer(request: request, verdict: .accepted, leaving: false)))
    }
    feed(.workerGone(worker))
  }

  /// A worker accepts what it wasn't given.
  private mutating func misbehave() {
    guard
      let worker = working.keys.sorted(by: { $0.incarnation < $1.incarnation })
        .randomElement(using: &random)
    else { return }
    let other = RequestID(UInt64.random(in: 1...nextRequest, using: &random))
    guard working[worker] != .some(other) else { return }
    feed(.workerAnswered(worker, WorkerAnswer(request: other, verdict: .accepted, leaving: false)))
    working[worker] = nil
    feed(.workerGone(worker))
  }

  private mutating func loseWorker() {
    guard
      let worker = working.keys.sorted(by: { $0.incarnation < $1.incarnation })
        .randomElement(using: &random)
    else { return }
    working[worker] = nil
    feed(.workerGone(worker))
  }

  private mutating func addWorker() {
    guard working.count < Self.mostWorkers else { return }
    let worker = WorkerID(slot: working.count, incarnation: nextIncarnation)
    nextIncarnation += 1
    working[worker] = .some(nil)
    rights[worker] = Bool.random(using: &random) ? Self.rights : []
    feed(.workerReady(worker, rights: rights[worker] ?? []))
  }

  private mutating func abandon() {
    guard let id = open.keys.sorted(by: { $0.number < $1.number }).randomElement(using: &random) else {
      return
    }
    feed(.abandoned(id))
  }
}
