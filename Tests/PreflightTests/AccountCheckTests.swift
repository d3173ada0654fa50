import Preflight
import Settings
import Testing

struct AccountCheckTests {
  private var test: TestHost

  init() throws { test = try TestHost() }

  @Test(arguments: [
    (
      "postern",
      "error: [run] front: there is no user postern; mend: systemd-sysusers, or: adduser --system --no-create-home postern"
    ),
    (
      "postern-local",
      "error: [run] local: there is no user postern-local; mend: systemd-sysusers, or: adduser --system --no-create-home postern-local"
    ),
    (
      "sasl",
      "error: [auth] group: there is no group sasl; mend: systemd-sysusers, or: addgroup --system sasl"
    ),
    (
      "adm",
      "error: [control] group: there is no group adm; mend: systemd-sysusers, or: addgroup --system adm"
    ),
  ])
  mutating func `a missing user or group is an error for root alone`(name: String, finding: String) {
    test.host.accounts = TestHost.accounts(groupsOfPostfix: [TestHost.sasl], missing: [name])
    #expect(test.findings == [finding])
    test.host.startsAsRoot = false
    #expect(test.findings.isEmpty)
  }

  @Test mutating func `no part may run as root`() {
    test.settings.run.front = "root"
    #expect(
      test.findings == [
        "error: [run] front: root has root's rights, which no part of postern may keep; mend: name a user of its own"
      ])
  }

  @Test mutating func `one user for both is a warning`() {
    test.settings.run.front = "postern-local"
    #expect(test.findings.map { $0.prefix(36) } == ["warning: [run] front and local are t"])
  }

  @Test mutating func `an allowed user must exist`() {
    test.host.startsAsRoot = false
    test.settings.auth.allowUsers = ["postfix", "postfxi"]
    #expect(
      test.findings == [
        "error: [auth] allow_users: there is no user postfxi; mend: remove the name, or add the user"
      ])
  }

  @Test mutating func `no group is no error`() {
    test.settings.auth.group = ""
    test.settings.auth.mode = 0o777
    #expect(test.findings.isEmpty)
  }
}
