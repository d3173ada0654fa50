import Credentials
import Preflight
import Settings
import Testing

struct RightsCheckTests {
  private var test: TestHost
  private let smtp: ServiceName

  init() throws {
    test = try TestHost()
    smtp = try #require(ServiceName("smtp"))
  }

  @Test(arguments: [
    (WorkerRights.exec, "allow_exec: who breaks into a worker for smtp can start any program"),
    (
      .network,
      "allow_network: who breaks into a worker for smtp can reach any host, with the hashes of /etc/shadow in hand"
    ),
    (
      .newPrivileges,
      """
      allow_new_privileges: who breaks into a worker for smtp can start set-user-id programs, and whatever \
      allow_exec and allow_network open
      """
    ),
  ])
  mutating func `each right is a warning that says what it opens`(right: WorkerRights, says: String) {
    test.settings.auth.serviceSettings[smtp] = ServiceSettings()
    test.settings.auth.serviceSettings[smtp]?.rights = right
    #expect(
      test.findings == [
        "warning: [auth.service.smtp] \(says); mend: remove the line, unless a module of its PAM file needs that"
      ])
  }

  @Test mutating func `all rights are a warning each, none is none`() {
    test.settings.auth.serviceSettings[smtp] = ServiceSettings()
    #expect(test.findings.isEmpty)
    test.settings.auth.serviceSettings[smtp]?.rights = .all
    #expect(test.findings.count == 3)
  }
}
