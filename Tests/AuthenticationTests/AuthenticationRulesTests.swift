import Credentials
import Testing

@testable import Authentication

/// What differs by service and realm, and what a reload makes of logins under way.
@Suite struct AuthenticationRulesTests {
  private static var divided: AuthenticationRules {
    var rules = AuthenticatorScene.rules(mechanisms: [.pam])
    rules.services[AuthenticatorScene.service("imap")] = .init(mechanisms: [.shadow], rights: .exec)
    rules.realms = ["example.org", "sub.example"].reduce(into: [:]) { realms, name in
      if let realm = RealmName(name) { realms[realm] = [.getpwent] }
    }
    return rules
  }

  @Test(arguments: [
    ("smtp", "", MechanismName.pam), ("imap", "", .shadow), ("IMAP", "elsewhere.example", .shadow),
    ("smtp", "Example.ORG", .getpwent), ("imap", "sub.example", .getpwent), ("smtp", "org", .pam),
  ])
  func `A realm's mechanisms go before a service's, these before everybody's`(
    service: String, realm: String, asked: MechanismName
  ) {
    var scene = AuthenticatorScene(rules: Self.divided)
    scene.tell(.workerReady(AuthenticatorScene.worker(1), rights: .exec))
    let given = scene.request(1, AuthenticatorScene.attempt(service: service, realm: realm)).given
    #expect(given == [asked])
  }

  @Test func `A service's logins go to workers with its rights and to no others`() {
    var scene = AuthenticatorScene(rules: Self.divided)
    #expect(scene.request(1, AuthenticatorScene.attempt(service: "imap")).given.isEmpty)
    #expect(scene.request(2, AuthenticatorScene.attempt(service: "smtp")).given == [.pam])
    let actions = scene.tell(.workerReady(AuthenticatorScene.worker(1), rights: .exec))
    #expect(actions.given == [.shadow])
    #expect(scene.request(3, AuthenticatorScene.attempt(service: "smtp")).given.isEmpty)
    #expect(scene.authenticator.queueLength == 1)
  }

  @Test func `The cap is one for all who wait, whatever rights they need`() {
    var rules = Self.divided
    rules.queueLimit = 2
    var scene = AuthenticatorScene(rules: rules, workers: 0)
    scene.request(1, AuthenticatorScene.attempt(service: "imap"))
    scene.request(2, AuthenticatorScene.attempt(service: "smtp"))
    #expect(
      scene.request(3, AuthenticatorScene.attempt(service: "smtp")).logged == [.unavailable(.queueFull)])
  }

  // MARK: Reload

  @Test func `Who waits during a reload is checked as the new rules say`() {
    var scene = AuthenticatorScene(workers: 0)
    scene.request(1, AuthenticatorScene.attempt(service: "imap"))
    scene.request(2, AuthenticatorScene.attempt(service: "smtp"))
    scene.tell(.reconfigured(Self.divided))
    #expect(scene.tell(.workerReady(AuthenticatorScene.worker(0), rights: [])).given == [.pam])
    #expect(scene.tell(.workerReady(AuthenticatorScene.worker(1), rights: .exec)).given == [.shadow])
  }

  @Test
  func `Who has been refused by one mechanism is asked for only by those that the new rules still have`() {
    var scene = AuthenticatorScene(mechanisms: [.pam, .shadow, .getpwent])
    scene.request(1)
    scene.tell(.reconfigured(AuthenticatorScene.rules(mechanisms: [.getpwent, .pam])))
    #expect(scene.verdict(.refused(.badPassword), on: 1).given == [.getpwent])
  }

  @Test func `A service that is no longer allowed is refused while it waits`() {
    var scene = AuthenticatorScene(workers: 0)
    scene.request(1, AuthenticatorScene.attempt(service: "imap"))
    var rules = AuthenticatorScene.rules()
    rules.services[AuthenticatorScene.service("imap")] = nil
    let actions = scene.tell(.reconfigured(rules))
    #expect(actions.logged == [.refused(.serviceNotAllowed)])
    #expect(actions.timers == [scene.start + .seconds(1)])
    #expect(scene.authenticator.queueLength == 0)
  }
}
