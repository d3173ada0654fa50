import Credentials
import Testing

@testable import Settings

@Suite struct WorkerSettingsTests {
  @Test func `What posternd hands over is read as it was written`() throws {
    var settings = Settings()
    settings.auth.mechanisms = [.shadow, .pam]
    settings.auth.deadline = .milliseconds(1500)
    settings.auth.pamDirectory = "/srv/pam d"
    let handed = WorkerSettings(settings, rights: [.exec, .newPrivileges])
    #expect(try WorkerSettings(arguments: handed.arguments) == handed)
  }

  @Test func `A worker knows the mechanisms of all services and realms`() throws {
    var settings = Settings()
    settings.auth.serviceSettings[try #require(ServiceName("imap"))] = ServiceSettings()
    settings.auth.serviceSettings[try #require(ServiceName("imap"))]?.mechanisms = [.shadow]
    settings.auth.realmMechanisms[try #require(RealmName("example.org"))] = [.getpwent]
    #expect(WorkerSettings(settings, rights: []).mechanisms == [.getpwent, .pam, .shadow])
  }

  @Test(arguments: [
    [], ["pam"], ["pam", "1000", "nobody", "/etc/pam.d"], ["", "1000", "nobody", "/etc/pam.d", "0"],
    ["pam,ldap", "1000", "nobody", "/etc/pam.d", "0"], ["pam", "0", "nobody", "/etc/pam.d", "0"],
    ["pam", "x", "nobody", "/etc/pam.d", "0"], ["pam", "1000", "nobody", "pam.d", "0"],
    ["pam", "1000", "nobody", "/etc/pam.d", "8"], ["pam", "1000", "nobody", "/etc/pam.d", "exec"],
    ["pam", "1000", "nobody", "/etc/pam.d", "0", "more"],
  ])
  func `What posternd doesn't write starts no worker`(arguments: [String]) {
    #expect(throws: UsageError.self) { try WorkerSettings(arguments: arguments) }
  }
}
