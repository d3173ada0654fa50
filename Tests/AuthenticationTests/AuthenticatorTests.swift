import Credentials
import Testing

@testable import Authentication

@Suite struct AuthenticatorTests {
  // MARK: Verdicts

  @Test func `A worker's accepted is answered at once`() {
    var scene = AuthenticatorScene()
    #expect(scene.request(1).given == [.pam])
    let actions = scene.verdict(.accepted, on: 1)
    #expect(actions.answers.map(\.isAccepted) == [true])
    #expect(actions.logged == [.accepted])
    #expect(scene.authenticator.isIdle)
  }

  @Test func `A refusal is told at the next step of the grid, its password forgotten before`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    scene.now += .milliseconds(40)
    let actions = scene.verdict(.refused(.badPassword), on: 1)
    #expect(actions.answers.isEmpty)
    #expect(actions.contains(.forgetPassword(RequestID(1))))
    #expect(actions.timers == [scene.start + .seconds(1)])
    scene.now = scene.start + .seconds(1)
    #expect(scene.tell(.due(RequestID(1))).answers == [.refused])
  }

  @Test(arguments: [
    (Duration.milliseconds(1), Duration.seconds(1)), (.milliseconds(999), .seconds(1)),
    (.seconds(1), .seconds(1)), (.milliseconds(1001), .seconds(2)), (.milliseconds(9500), .seconds(10)),
  ])
  func `Refusals leave at whole steps after the connect`(elapsed: Duration, told: Duration) {
    let scene = AuthenticatorScene()
    let rules = AuthenticatorScene.rules()
    #expect(rules.refusalTime(arrived: scene.start, now: scene.start + elapsed) == scene.start + told)
  }

  @Test func `What a mechanism can't decide is closed at once`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    let actions = scene.verdict(.unavailable(.sourceUnavailable), on: 1)
    #expect(actions.answers == [.unavailable])
    #expect(actions.logged == [.unavailable(.sourceUnavailable)])
  }

  // MARK: Shapes

  @Test(arguments: [
    (AuthenticatorScene.attempt(login: ""), Refusal.emptyLogin),
    (AuthenticatorScene.attempt(passwordLength: 0), .emptyPassword),
    (AuthenticatorScene.attempt(passwordLength: 512), .passwordTooLong),
    (AuthenticatorScene.attempt(service: "su"), .serviceNotAllowed),
    (AuthenticatorScene.attempt(service: "../other"), .serviceNotAllowed),
    (AuthenticatorScene.attempt(service: ""), .serviceNotAllowed),
  ])
  func `What has the wrong shape is refused without asking`(attempt: LoginAttempt, reason: Refusal) {
    var scene = AuthenticatorScene()
    let actions = scene.request(1, attempt)
    #expect(actions.answers == [.refused])
    #expect(actions.given.isEmpty)
    #expect(actions.logged == [.refused(reason)])
  }

  @Test func `A service's name is compared in lower case, and 511 bytes of password are asked`() {
    var scene = AuthenticatorScene()
    #expect(
      scene.request(1, AuthenticatorScene.attempt(passwordLength: 511, service: "SMTP")).given == [.pam])
  }

  @Test(arguments: [("", "alice"), ("example.org", "alice@example.org")])
  func `With append_realm the mechanism is asked for login@realm`(realm: String, asked: String) {
    var scene = AuthenticatorScene(appendRealm: true)
    let actions = scene.request(1, AuthenticatorScene.attempt(realm: realm))
    let logins = actions.compactMap {
      if case .give(_, _, let subject, _) = $0 { subject.login.text } else { nil }
    }
    #expect(logins == [asked])
  }

  @Test func `A login that the realm makes too long is nobody's`() {
    var scene = AuthenticatorScene(appendRealm: true)
    let long = String(repeating: "x", count: 200)
    let actions = scene.request(1, AuthenticatorScene.attempt(login: long, realm: long))
    #expect(actions.logged == [.refused(.unknownUser)])
  }

  // MARK: Several mechanisms

  @Test(arguments: [
    ([AuthVerdict.refused(.badPassword), .accepted], AuthVerdict.accepted),
    ([.unavailable(.sourceUnavailable), .accepted], .accepted),
    ([.refused(.badPassword), .refused(.unknownUser)], .refused(.unknownUser)),
    ([.unavailable(.sourceUnavailable), .refused(.badPassword)], .unavailable(.sourceUnavailable)),
    ([.refused(.badPassword), .unavailable(.mechanismFailed)], .unavailable(.mechanismFailed)),
  ])
  func `One accepted is enough, one unavailable keeps a refusal from being told`(
    verdicts: [AuthVerdict], outcome: AuthVerdict
  ) {
    var scene = AuthenticatorScene(mechanisms: [.pam, .shadow])
    var asked = scene.request(1).given
    var logged: [AuthVerdict] = []
    for verdict in verdicts {
      let actions = scene.verdict(verdict, on: 1)
      asked += actions.given
      logged += actions.logged
    }
    #expect(asked == [.pam, .shadow])
    #expect(logged == [outcome])
  }

  // MARK: Queue and deadline

  @Test func `Requests wait in their order, and what the queue doesn't hold is closed`() {
    var scene = AuthenticatorScene(queueLimit: 2)
    scene.request(1)
    #expect(scene.request(2).answers.isEmpty)
    #expect(scene.request(3).answers.isEmpty)
    let full = scene.request(4)
    #expect(full.answers == [.unavailable])
    #expect(full.logged == [.unavailable(.queueFull)])
    let next = scene.verdict(.accepted, on: 1)
    #expect(next.contains { if case .give(RequestID(2), _, _, _) = $0 { true } else { false } })
  }

  @Test func `Who would hardly be checked in time is closed when his turn comes, and the next is asked`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    scene.now = scene.start + .seconds(3)
    scene.verdict(.accepted, on: 1)
    scene.request(2)
    scene.request(3)
    scene.now = scene.start + .seconds(8)
    scene.request(4)
    scene.now = scene.start + .seconds(9)
    let actions = scene.verdict(.accepted, on: 2)
    #expect(actions.logged == [.accepted, .unavailable(.queueDeadline)])
    #expect(actions.contains { if case .give(RequestID(4), _, _, _) = $0 { true } else { false } })
    #expect(scene.authenticator.workersLost == 0)
  }

  @Test func `Who is asked for his next mechanism goes before those that came later, and is given his time`()
  {
    var scene = AuthenticatorScene(mechanisms: [.pam, .shadow])
    scene.request(1)
    scene.request(2)
    scene.now = scene.start + .seconds(8)
    let actions = scene.verdict(.unavailable(.sourceUnavailable), on: 1)
    #expect(actions.contains { if case .give(RequestID(1), .shadow, _, _) = $0 { true } else { false } })
    #expect(scene.verdict(.accepted, on: 1).logged.first == .accepted)
  }

  @Test func `At its deadline a request that waits is closed`() {
    var scene = AuthenticatorScene(workers: 0)
    #expect(scene.request(1).timers == [scene.start + .seconds(10)])
    let actions = scene.tell(.due(RequestID(1)))
    #expect(actions.answers == [.unavailable])
    #expect(actions.logged == [.unavailable(.queueDeadline)])
  }

  @Test func `At its deadline a request with a worker ends the worker too`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    let actions = scene.tell(.due(RequestID(1)))
    #expect(actions.answers == [.unavailable])
    #expect(actions.killed == [AuthenticatorScene.worker(0)])
    #expect(actions.logged == [.unavailable(.workerDeadline)])
    // Its late answer is worth nothing, and it is given nothing.
    #expect(scene.verdict(.accepted, on: 1).answers.isEmpty)
    #expect(scene.request(2).given.isEmpty)
  }

  // MARK: Workers

  @Test func `A worker that ends in the middle leaves its request undecided`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    let actions = scene.tell(.workerGone(AuthenticatorScene.worker(0)))
    #expect(actions.answers == [.unavailable])
    #expect(actions.logged == [.unavailable(.workerDied)])
    #expect(scene.authenticator.workersLost == 1)
  }

  @Test func `An answer to another request, or from an idle worker, accepts nobody`() {
    var scene = AuthenticatorScene(workers: 2)
    scene.request(1)
    let wrong = scene.verdict(.accepted, on: 2)
    #expect(wrong.answers == [.unavailable])
    #expect(wrong.killed == [AuthenticatorScene.worker(0)])
    #expect(wrong.logged == [.unavailable(.workerMisspoke)])
    let idle = scene.verdict(.accepted, on: 1, from: 1)
    #expect(idle.answers.isEmpty)
    #expect(idle.killed == [AuthenticatorScene.worker(1)])
  }

  @Test func `A second answer to a request accepts nobody`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    scene.verdict(.refused(.badPassword), on: 1)
    let again = scene.verdict(.accepted, on: 1)
    #expect(again.answers.isEmpty)
    #expect(again.killed == [AuthenticatorScene.worker(0)])
    #expect(scene.tell(.due(RequestID(1))).answers == [.refused])
  }

  @Test func `After its share of checks a worker is let go`() {
    var scene = AuthenticatorScene(checksPerWorker: 2)
    scene.request(1)
    #expect(scene.verdict(.accepted, on: 1).dismissed.isEmpty)
    scene.request(2)
    #expect(scene.verdict(.accepted, on: 2).dismissed == [AuthenticatorScene.worker(0)])
    #expect(scene.request(3).given.isEmpty)
    #expect(scene.authenticator.workersLost == 0)
  }

  @Test func `A worker that says it is leaving is given nothing more`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    scene.verdict(.accepted, on: 1, leaving: true)
    #expect(scene.request(2).given.isEmpty)
    #expect(scene.tell(.workerGone(AuthenticatorScene.worker(0))).answers.isEmpty)
    #expect(scene.authenticator.workersLost == 0)
  }

  @Test func `A retired worker goes at once when idle, else after its answer; the others stay`() {
    var scene = AuthenticatorScene(workers: 3)
    scene.request(1)
    #expect(scene.tell(.workerRetired(AuthenticatorScene.worker(0))).dismissed.isEmpty)
    #expect(
      scene.tell(.workerRetired(AuthenticatorScene.worker(1))).dismissed == [AuthenticatorScene.worker(1)])
    #expect(scene.verdict(.accepted, on: 1).dismissed == [AuthenticatorScene.worker(0)])
    #expect(scene.authenticator.idleWorkers == 1)
    #expect(scene.authenticator.workersLost == 0)
  }

  // MARK: Clients that leave, and the end

  @Test func `Who leaves the queue is never given to a worker`() {
    var scene = AuthenticatorScene(workers: 0)
    scene.request(1)
    scene.request(2)
    scene.tell(.abandoned(RequestID(1)))
    let actions = scene.tell(.workerReady(AuthenticatorScene.worker(0), rights: []))
    #expect(actions.contains { if case .give(RequestID(2), _, _, _) = $0 { true } else { false } })
    #expect(scene.authenticator.queueLength == 0)
  }

  @Test func `Who leaves during the check doesn't keep the worker`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    scene.tell(.abandoned(RequestID(1)))
    #expect(scene.verdict(.refused(.badPassword), on: 1).timers.isEmpty)
    #expect(scene.request(2).given == [.pam])
  }

  @Test func `While stopping nothing new is taken and what is under way is answered`() {
    var scene = AuthenticatorScene()
    scene.request(1)
    scene.tell(.stopping)
    #expect(scene.request(2).logged == [.unavailable(.stopping)])
    #expect(scene.verdict(.accepted, on: 1).answers.map(\.isAccepted) == [true])
    #expect(scene.authenticator.isIdle)
  }
}
