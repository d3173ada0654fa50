import CLinux
import Confinement
import Glibc
import Testing

@Suite struct IdentityTests {
  @Test func `Names that nobody knows are told`() {
    #expect(throws: ConfinementError.unknownUser("no-such-user")) { try Identity(user: "no-such-user") }
    #expect(throws: ConfinementError.unknownGroup("no-such-group")) {
      try Identity(user: "nobody", supplementary: ["no-such-group"])
    }
  }

  @Test func `Root is no identity to fall to`() {
    #expect(throws: ConfinementError.privilegedUser("root")) { try Identity(user: "root") }
  }

  @Test func `A user brings his own group, and no other but those that are named`() throws {
    let identity = try Identity(user: "nobody", supplementary: ["shadow", "shadow"])
    #expect(identity.user == 65_534)
    #expect(identity.group == 65_534)
    #expect(identity.supplementary.count == 1)
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `Who has assumed an identity can't go back, and can't be read until he is confined again`() async {
    await #expect(processExitsWith: .success) {
      let identity = try Identity(user: "nobody", supplementary: ["shadow"])
      try Confinement.start(closingFrom: 900)
      try identity.assume()
      try Confinement.lockDown(.worker([]))
      let holds =
        clinux_is_only(identity.user, identity.group, identity.supplementary, 1) == 1
        && setuid(0) == -1 && setgid(0) == -1 && setgroups(0, nil) == -1
        && clinux_dumps_forbidden() == 1 && clinux_capabilities_within(0, 0) == 1
        && access("/etc/shadow", R_OK) == 0 && access("/etc/shadow", W_OK) == -1
      exit(holds ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `Without the group shadow the hashes can't be read`() async {
    await #expect(processExitsWith: .success) {
      try Identity(user: "nobody").assume()
      exit(access("/etc/shadow", R_OK) == -1 && errno == EACCES ? EXIT_SUCCESS : EXIT_FAILURE)
    }
  }

  @Test func `Who may not change ids does not go on`() async {
    await #expect(processExitsWith: .success) {
      _ = setuid(65_534)
      let identity = try Identity(user: "daemon")
      do throws(ConfinementError) {
        try identity.assume()
      } catch {
        exit(error == .failed(.ids, EPERM) ? EXIT_SUCCESS : EXIT_FAILURE)
      }
      exit(EXIT_FAILURE)
    }
  }
}
