import Credentials
import Testing

@testable import Settings

@Suite struct WorkerSettingsTests {
  @Test func `What posternd hands over is read as it was written`() throws {
    var settings = Settings()
    settings.auth.mechanisms = [.shadow, .pam]
    settings.auth.deadline = .milliseconds(1500)
    settings.auth.pamDirectory = "/srv/pam d"
    let handed = WorkerSettings(settings, rights: [.exec])
    #expect(try WorkerSettings(arguments: handed.arguments) == handed)
  }

  @Test(arguments: [
    [], ["pam"], ["pam", "1000", "nobody"], ["", "1000", "nobody", "/etc/pam.d"],
    ["pam,ldap", "1000", "nobody", "/etc/pam.d"], ["pam", "0", "nobody", "/etc/pam.d"],
    ["pam", "x", "nobody", "/etc/pam.d"], ["pam", "1000", "nobody", "pam.d"],
    ["pam", "1000", "nobody", "/etc/pam.d", "more"],
  ])
  func `What posternd doesn't write starts no worker`(arguments: [String]) {
    #expect(throws: UsageError.self) { try WorkerSettings(arguments: arguments) }
  }
}
