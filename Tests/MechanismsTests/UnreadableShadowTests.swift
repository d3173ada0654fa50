import Credentials
import Glibc
import TestKit
import Testing

@testable import Mechanisms

/// The hashes out of reach: each in a process that has become nobody, without group shadow.
@Suite(.enabled(if: geteuid() == 0, "needs root: it becomes somebody else"))
struct UnreadableShadowTests {
  private static func becomeNobody() {
    precondition(setgroups(0, nil) == 0 && setgid(65_534) == 0 && setuid(65_534) == 0, "root may do that")
  }

  @Test func `The shadow mechanism decides nothing about those who exist`() async {
    await #expect(processExitsWith: .success) {
      Self.becomeNobody()
      let mechanism = ShadowMechanism()
      let known = try mechanism.check(AuthRequest(login: "root", password: "x"))
      let unknown = try mechanism.check(AuthRequest(login: "no-such-user", password: "x"))
      #expect(known == .unavailable(.sourceUnavailable))
      #expect(unknown == .refused(.unknownUser))
    }
  }

  @Test func `A stack of pam_unix alone decides nothing`() async throws {
    // Made here, since nobody couldn't remove it.
    let directory = try PAMDirectory()
    try directory.serve("smtp", auth: ["required pam_unix.so"])
    await #expect(processExitsWith: .success) { [path = directory.path as String] in
      Self.becomeNobody()
      let verdict = try PAMMechanism(directory: path).check(AuthRequest(login: "daemon", password: "x"))
      #expect(verdict == .unavailable(.sourceUnavailable))
    }
  }
}
