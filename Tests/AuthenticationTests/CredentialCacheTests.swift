import Credentials
import Testing

@testable import Authentication

@Suite struct CredentialCacheTests {
  /// A scene in which alice has logged in with password 1.
  private static func warm(checksPerWorker: Int = 100) -> AuthenticatorScene {
    var scene = AuthenticatorScene(checksPerWorker: checksPerWorker)
    scene.request(1, AuthenticatorScene.attempt(password: 1))
    scene.verdict(.accepted, on: 1)
    return scene
  }

  @Test func `The same request is accepted from the cache, without a worker`() {
    var scene = Self.warm()
    let actions = scene.request(2, AuthenticatorScene.attempt(password: 1))
    #expect(actions.answers.map(\.isRemembered) == [true])
    #expect(actions.given.isEmpty)
    #expect(scene.authenticator.counts.accepted == 2)
    #expect(scene.authenticator.counts.remembered == 1)
    #expect(scene.authenticator.isIdle)
  }

  @Test(arguments: [
    AuthenticatorScene.attempt(password: 2), AuthenticatorScene.attempt(login: "bob", password: 1),
    AuthenticatorScene.attempt(password: 1, service: "imap"),
    AuthenticatorScene.attempt(password: 1, realm: "example.org"), AuthenticatorScene.attempt(),
  ])
  func `Whatever differs is asked for`(attempt: LoginAttempt) {
    var scene = Self.warm()
    #expect(scene.request(2, attempt).given == [.pam])
  }

  @Test(arguments: [AuthVerdict.refused(.badPassword), .unavailable(.mechanismFailed)])
  func `Only an accepted is remembered`(verdict: AuthVerdict) {
    var scene = AuthenticatorScene()
    scene.request(1, AuthenticatorScene.attempt(password: 1))
    scene.verdict(verdict, on: 1)
    #expect(scene.authenticator.rememberedLogins == 0)
    #expect(scene.request(2, AuthenticatorScene.attempt(password: 1)).given == [.pam])
  }

  @Test(arguments: [(Duration.seconds(299), true), (.seconds(300), false), (.seconds(301), false)])
  func `The lifetime counts from the mechanism's verdict, whoever asks meanwhile`(
    after: Duration, isRemembered: Bool
  ) {
    var scene = Self.warm()
    scene.now += .seconds(200)
    scene.request(2, AuthenticatorScene.attempt(password: 1))
    scene.now = scene.start + after
    let actions = scene.request(3, AuthenticatorScene.attempt(password: 1))
    #expect(actions.answers.map(\.isRemembered) == (isRemembered ? [true] : []))
  }

  @Test(arguments: [
    AuthenticationEvent.sourcesChanged, .reconfigured(AuthenticatorScene.rules()),
    .cacheFlushed(login: nil), .cacheFlushed(login: CountedString("alice")),
  ])
  func `What changes the sources, the rules or the operator's mind is heeded at the next login`(
    event: AuthenticationEvent
  ) {
    var scene = Self.warm()
    scene.tell(event)
    #expect(scene.authenticator.rememberedLogins == 0)
    #expect(scene.request(2, AuthenticatorScene.attempt(password: 1)).given == [.pam])
  }

  @Test(arguments: [
    AuthenticationEvent.sourcesChanged, .reconfigured(AuthenticatorScene.rules()),
    .cacheFlushed(login: nil), .cacheFlushed(login: CountedString("alice")),
  ])
  func `A check that was under way meanwhile is answered, and not remembered`(event: AuthenticationEvent) {
    var scene = AuthenticatorScene()
    scene.request(1, AuthenticatorScene.attempt(password: 1))
    scene.tell(event)
    #expect(scene.verdict(.accepted, on: 1).answers.map(\.isAccepted) == [true])
    #expect(scene.authenticator.rememberedLogins == 0)
  }

  @Test(arguments: [("bob", 2), ("alice", 1), ("carol@example.org", 1), ("carol", 1), ("nobody", 2)])
  func `An operator's word flushes the login, or the login of a realm, and nobody else`(
    name: String, left: Int
  ) {
    var scene = Self.warm()
    scene.request(2, AuthenticatorScene.attempt(login: "carol", password: 3, realm: "example.org"))
    scene.verdict(.accepted, on: 2)
    scene.tell(.cacheFlushed(login: CountedString(name)))
    #expect(scene.authenticator.rememberedLogins == left)
  }

  @Test func `An accept with another password ends what the former one opened`() {
    var scene = Self.warm()
    scene.request(2, AuthenticatorScene.attempt(password: 1, service: "imap"))
    scene.verdict(.accepted, on: 2)
    #expect(scene.authenticator.rememberedLogins == 2)
    scene.request(3, AuthenticatorScene.attempt(password: 2))
    scene.verdict(.accepted, on: 3)
    #expect(scene.authenticator.rememberedLogins == 1)
    #expect(scene.request(4, AuthenticatorScene.attempt(password: 1, service: "imap")).given == [.pam])
  }

  @Test func `A full cache lets the oldest go, and failures take no room`() {
    var scene = AuthenticatorScene(checksPerWorker: 10_000)
    for number in 1...25 as ClosedRange<UInt64> {
      scene.request(number, AuthenticatorScene.attempt(login: "user\(number)", password: number))
      scene.verdict(.accepted, on: number)
      #expect(scene.authenticator.rememberedLogins == min(Int(number), 20))
    }
    for number in 26...1000 as ClosedRange<UInt64> {
      scene.request(number, AuthenticatorScene.attempt(login: "user\(number)", password: number))
      scene.verdict(.refused(.badPassword), on: number)
    }
    #expect(scene.request(1001, AuthenticatorScene.attempt(login: "user6", password: 6)).answers.count == 1)
    #expect(scene.request(1002, AuthenticatorScene.attempt(login: "user5", password: 5)).given == [.pam])
  }

  @Test func `Whoever logs in again and again takes one entry`() {
    var scene = Self.warm(checksPerWorker: 10_000)
    for number in 2...500 as ClosedRange<UInt64> {
      scene.now += .seconds(301)
      scene.request(number, AuthenticatorScene.attempt(password: 1))
      scene.verdict(.accepted, on: number)
    }
    #expect(scene.authenticator.rememberedLogins == 1)
  }

  @Test func `Without a lifetime nothing is remembered`() {
    var rules = AuthenticatorScene.rules()
    rules.cacheLifetime = .zero
    var scene = AuthenticatorScene(rules: rules)
    scene.request(1, AuthenticatorScene.attempt(password: 1))
    scene.verdict(.accepted, on: 1)
    #expect(scene.request(2, AuthenticatorScene.attempt(password: 1)).given == [.pam])
  }

  @Test func `A service that is no longer allowed is not answered from the cache`() {
    var scene = Self.warm()
    #expect(
      scene.request(2, AuthenticatorScene.attempt(password: 1, service: "su")).logged
        == [.refused(.serviceNotAllowed)])
  }
}
