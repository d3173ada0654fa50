import Credentials
import Settings
import Testing

@testable import Supervision

@Suite struct AdoptedSettingsTests {
  @Test func `a reload takes over everything about logins but the sockets`() {
    var new = Settings()
    new.auth.listen = ["/run/elsewhere"]
    new.auth.mode = 0o666
    new.auth.group = "mail"
    new.auth.workers = 9
    new.auth.mechanisms = [.shadow]
    new.auth.cache.entries = 7
    if let realm = RealmName("example.org") { new.auth.realmMechanisms[realm] = [.shadow] }
    var settings = Settings()
    settings.adopt(new)
    var expected = new.auth
    expected.listen = Settings().auth.listen
    expected.mode = Settings().auth.mode
    expected.group = Settings().auth.group
    #expect(settings.auth == expected)
    #expect(settings.fixedKeys(changedIn: new) == ["auth.listen", "auth.mode", "auth.group"])
  }

  @Test func `users, the control directory and the log stay as they were at the start`() {
    var new = Settings()
    new.control.directory = "/run/elsewhere"
    new.run.local = "nobody"
    new.log.level = .debug
    var settings = Settings()
    settings.adopt(new)
    #expect(settings == Settings())
    #expect(settings.fixedKeys(changedIn: new) == ["control", "run", "log"])
  }
}
