import Credentials
import TestKit
import Testing

@testable import PAMStack

struct SwallowedOutageTests {
  private static let common = """
    auth [success=1 default=ignore] pam_unix.so nullok
    auth requisite pam_deny.so
    auth required pam_permit.so
    auth optional pam_cap.so
    """

  /// A stack, and the modules whose outage it makes a denial of.
  @Test(arguments: [
    ("auth required pam_unix.so\naccount required pam_unix.so", []),
    (common, ["auth pam_unix.so"]),
    ("auth include common", ["auth pam_unix.so"]),
    ("@include common", ["auth pam_unix.so"]),
    ("auth substack common", ["auth pam_unix.so"]),
    ("auth requisite pam_unix.so", []),
    ("auth required pam_faildelay.so\nauth required pam_nologin.so\nauth required pam_unix.so", []),
    ("auth sufficient pam_unix.so\nauth required pam_deny.so", ["auth pam_unix.so"]),
    ("auth sufficient pam_unix.so\nauth required pam_sss.so", ["auth pam_unix.so"]),
    ("auth [success=done user_unknown=ignore default=die] pam_unix.so\nauth required pam_sss.so", []),
    (
      "auth [success=2 default=ignore] pam_unix.so\nauth [success=1 default=ignore] pam_sss.so\n"
        + "auth requisite pam_deny.so\nauth required pam_permit.so",
      ["auth pam_unix.so", "auth pam_sss.so"]
    ),
    // What says unavailable instead of denying.
    (
      "auth [success=1 authinfo_unavail=die default=ignore] pam_unix.so\nauth requisite pam_deny.so\nauth required pam_permit.so",
      []
    ),
    // The account phase of a source that the auth phase has asked already is not reached in an outage.
    (
      "auth required pam_unix.so\naccount [success=1 default=ignore] pam_unix.so\naccount requisite pam_deny.so\naccount required pam_permit.so",
      []
    ),
    (
      "auth required pam_unix.so\naccount [success=1 default=ignore] pam_ldap.so\naccount requisite pam_deny.so\naccount required pam_permit.so",
      ["account pam_ldap.so"]
    ),
    ("auth required pam_unix.so\naccount required pam_unix.so\naccount required pam_ldap.so", []),
    ("auth required pam_permit.so", []),
  ])
  func `are found by libpam's own rules`(text: String, swallowed: [String]) throws {
    let directory = try TemporaryDirectory()
    try directory.write(text, to: "smtp")
    try directory.write(Self.common, to: "common")
    let smtp = try #require(ServiceName("smtp"))
    let stack = PAMServiceDirectory(directory.path, includes: directory.path).stack(of: smtp)
    #expect(stack.faults.isEmpty)
    #expect(stack.swallowedOutages.map { "\($0.phase) \($0.module)" } == swallowed)
  }

  @Test func `name the line`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("# smtp\n@include common\n", to: "smtp")
    let file = try directory.write(Self.common, to: "common")
    let smtp = try #require(ServiceName("smtp"))
    #expect(
      PAMServiceDirectory(directory.path, includes: directory.path).stack(of: smtp).swallowedOutages == [
        SwallowedOutage(file: file, line: 1, module: "pam_unix.so", phase: .auth)
      ])
  }
}
