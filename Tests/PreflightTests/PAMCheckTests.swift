import Credentials
import Preflight
import Settings
import Testing

struct PAMCheckTests {
  private var test: TestHost
  private var directory: String { test.path }

  init() throws { test = try TestHost() }

  @Test func `a good host has no findings`() {
    #expect(test.findings.isEmpty)
  }

  @Test mutating func `a service without a file is a warning with the line that makes one`() {
    test.settings.auth.services = ["smtp", "imap"].compactMap { ServiceName($0) }
    #expect(
      test.findings == [
        """
        warning: the service imap has no PAM file, its logins are refused; mend: \
        printf 'auth required pam_unix.so\\naccount required pam_unix.so\\n' > \(directory)/imap
        """
      ])
  }

  @Test mutating func `no service with a file is an error`() {
    test.settings.auth.services = ["imap"].compactMap { ServiceName($0) }
    #expect(test.findings.count == 2)
    #expect(test.findings.last?.hasPrefix("error: no allowed service has a file in \(directory)") == true)
  }

  @Test mutating func `the files don't matter when PAM isn't asked`() {
    test.settings.auth.services = ["imap"].compactMap { ServiceName($0) }
    test.settings.auth.mechanisms = [.shadow, .getpwent]
    #expect(test.findings.isEmpty)
  }

  @Test func `a missing module is an error that names the package`() throws {
    try test.write("auth required pam_sss.so\naccount required pam_unix.so\n", to: "smtp")
    #expect(
      test.findings == [
        """
        error: \(directory)/smtp:1: pam_sss.so can't be opened, libpam would fail every login; \
        mend: apt install libpam-sss
        """
      ])
  }

  @Test func `a missing module of a phase that isn't asked is a warning`() throws {
    try test.write(
      "auth required pam_unix.so\naccount required pam_unix.so\nsession required pam_x.so\n", to: "smtp")
    #expect(
      test.findings == [
        "warning: \(directory)/smtp:3: pam_x.so can't be opened; mend: install the module, or remove the line"
      ])
  }

  @Test func `a line that libpam doesn't understand is an error`() throws {
    try test.write("auth requierd pam_unix.so\naccount required pam_unix.so\n", to: "smtp")
    #expect(test.findings.count == 1)
    #expect(test.findings.first?.hasPrefix("error: \(directory)/smtp:1: requierd is no control") == true)
  }

  @Test mutating func `a stack that swallows outages is a warning for each service`() throws {
    test.settings.auth.services = ["smtp", "imap"].compactMap { ServiceName($0) }
    try test.write(
      """
      auth [success=1 default=ignore] pam_unix.so
      auth requisite pam_deny.so
      auth required pam_permit.so
      """, to: "common")
    for service in ["smtp", "imap"] {
      try test.write("@include common\naccount required pam_unix.so\n", to: service)
    }
    let directory = directory
    let warning = { (service: String) in
      """
      warning: \(directory)/common:1: an outage of pam_unix.so is told to users of \(service) as a wrong \
      password (535) instead of "try later" (454); mend: \
      in \(directory)/\(service): auth required pam_unix.so
      """
    }
    #expect(test.findings == [warning("smtp"), warning("imap")])
  }

  @Test func `a phase without a line would be that of other`() throws {
    try test.write("auth required pam_unix.so\n", to: "smtp")
    #expect(
      test.findings == [
        """
        warning: \(directory)/smtp has no account line, libpam would go by that of the service other; \
        mend: add to it: account required pam_unix.so
        """
      ])
    try test.write("account required pam_unix.so\n", to: "smtp")
    #expect(test.findings.map { $0.prefix(6) } == ["error:"])
  }

  @Test mutating func `the files of services that don't ask PAM don't matter`() throws {
    let imap = try #require(ServiceName("imap"))
    test.settings.auth.services.append(imap)
    test.settings.auth.serviceSettings[imap] = ServiceSettings()
    test.settings.auth.serviceSettings[imap]?.mechanisms = [.shadow]
    #expect(test.findings.isEmpty)
  }

  @Test mutating func `the file of a service that asks PAM for itself matters`() throws {
    let imap = try #require(ServiceName("imap"))
    test.settings.auth.mechanisms = [.shadow]
    test.settings.auth.services.append(imap)
    test.settings.auth.serviceSettings[imap] = ServiceSettings()
    test.settings.auth.serviceSettings[imap]?.mechanisms = [.pam]
    #expect(test.findings.map { $0.prefix(39) } == ["warning: the service imap has no PAM fi"])
  }

  @Test mutating func `the files of all services matter to a realm that asks PAM`() throws {
    test.settings.auth.mechanisms = [.shadow]
    test.settings.auth.services = ["smtp", "imap"].compactMap { ServiceName($0) }
    test.settings.auth.realmMechanisms[try #require(RealmName("example.org"))] = [.pam]
    #expect(test.findings.map { $0.prefix(39) } == ["warning: the service imap has no PAM fi"])
    test.settings.auth.services = ["imap"].compactMap { ServiceName($0) }
    #expect(test.findings.map { $0.prefix(8) } == ["warning:"], "other realms get on without PAM")
  }

  @Test(arguments: [
    "pam_google_authenticator", "pam_oath", "pam_u2f", "pam_duo", "pam_yubico", "pam_radius_auth", "pam_otpw",
  ])
  func `a code that is good once is no matter for the cache`(module: String) throws {
    var test = test
    try test.write("", to: "\(module).so")
    try test.write("auth required \(module).so\naccount required pam_unix.so\n", to: "smtp")
    let warning = """
      warning: \(directory)/smtp:1: a code that \(module).so takes once would be accepted again from the credential \
      cache; mend: 
      """
    #expect(test.findings == [warning + "lifetime = \"0\" in [auth.cache]"])
    test.settings.log.wording = .saslauthd
    #expect(test.findings == [warning + "start without -c"])
    test.settings.auth.cache.lifetime = .zero
    #expect(test.findings.isEmpty)
  }
}
