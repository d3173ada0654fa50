import CLinux
import Confinement
import Credentials
import Glibc
import TestKit
import Testing

/// What is left of a process after `lockDown`, each in a process of its own.
@Suite struct LockDownTests {
  private static let supervisorCapabilities: Set = [CLINUX_CAP_SETUID, CLINUX_CAP_SETGID, CLINUX_CAP_KILL]

  /// The errno of opening a socket; 0 when it could be had.
  private static func openingSocket(_ family: Int32) -> Int32 {
    socket(family, Int32(SOCK_DGRAM.rawValue), 0) >= 0 ? 0 : errno
  }

  /// The errno of starting a program; 0 when it ran.
  private static func startingProgram() -> Int32 {
    var pid: pid_t = 0
    var arguments = [strdup("true"), nil]
    let failure = posix_spawn(&pid, "/bin/true", nil, nil, &arguments, nil)
    var status: Int32 = 0
    if failure == 0 { waitpid(pid, &status, 0) }
    return failure == 0 && status != 0 ? EINVAL : failure
  }

  private static let workers = (0...WorkerRights.all.rawValue).map {
    Confinement.Profile.worker(WorkerRights(rawValue: $0))
  }
  private static let profiles = [Confinement.Profile.supervisor, .front] + workers

  /// Only what can be coded reaches the child.
  private static func profile(named name: String) throws -> Confinement.Profile {
    try #require(profiles.first { "\($0)" == name })
  }

  private static func require(_ condition: Bool, line: Int = #line) {
    // The way back to the test's issues may be closed; the exit status isn't.
    guard condition else {
      print("line \(line) does not hold")
      exit(EXIT_FAILURE)
    }
  }

  @Test(arguments: [Confinement.Profile.worker([]), .front])
  func `A worker and the front have unix sockets, and no other`(profile: Confinement.Profile) async {
    await #expect(processExitsWith: .success) { [name = "\(profile)" as String] in
      try Confinement.lockDown(Self.profile(named: name))
      Self.require(Self.openingSocket(AF_UNIX) == 0)
      for family in [AF_INET, AF_INET6, AF_NETLINK, AF_PACKET] {
        Self.require(Self.openingSocket(family) == EAFNOSUPPORT)
      }
      var pair: [Int32] = [0, 0]
      Self.require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
    }
  }

  @Test(arguments: [Confinement.Profile.worker([]), .front])
  func `A worker and the front start no program`(profile: Confinement.Profile) async {
    await #expect(processExitsWith: .success) { [name = "\(profile)" as String] in
      try Confinement.lockDown(Self.profile(named: name))
      Self.require(Self.startingProgram() == EPERM)
      var arguments = [strdup("true"), nil]
      Self.require(execv("/bin/true", &arguments) == -1 && errno == EPERM)
    }
  }

  @Test func `A thread can still be started`() async {
    await #expect(processExitsWith: .success) {
      try Confinement.lockDown(.worker([]))
      var thread = pthread_t()
      Self.require(pthread_create(&thread, nil, { _ in nil }, nil) == 0)
      Self.require(pthread_join(thread, nil) == 0)
    }
  }

  @Test func `Mounts and new roots are denied`() async {
    await #expect(processExitsWith: .success) {
      try Confinement.lockDown(.worker([]))
      Self.require(mount("none", "/mnt", "tmpfs", 0, nil) == -1 && errno == EPERM)
      Self.require(chroot("/") == -1 && errno == EPERM)
    }
  }

  @Test func `No capability is left, and none can be gained`() async {
    await #expect(processExitsWith: .success) {
      try Confinement.lockDown(.worker([]))
      let status = try ProcessStatus(of: "thread-self")
      for set in ["CapEff", "CapPrm", "CapInh", "CapAmb"] { Self.require(status.capabilities(set).isEmpty) }
      Self.require(status["NoNewPrivs"] == "1" && status["Seccomp"] == "2")
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `The supervisor keeps three capabilities, and starts programs`() async {
    await #expect(processExitsWith: .success) {
      try Confinement.lockDown(.supervisor)
      let status = try ProcessStatus(of: "thread-self")
      for set in ["CapEff", "CapPrm", "CapBnd"] {
        Self.require(status.capabilities(set) == Self.supervisorCapabilities)
      }
      Self.require(status.capabilities("CapInh").isEmpty && status.capabilities("CapAmb").isEmpty)
      Self.require(status["NoNewPrivs"] == "0" && status["Seccomp"] == "2")
      // What some worker may have can't be denied above it.
      Self.require(Self.openingSocket(AF_INET) == 0)
      Self.require(Self.startingProgram() == 0)
      Self.require(setgid(65_534) == 0 && setuid(65_534) == 0)
    }
  }

  @Test(arguments: [WorkerRights(), .exec, .network, [.exec, .network]])
  func `A worker has the rights that it is given, and no other`(rights: WorkerRights) async {
    await #expect(processExitsWith: .success) { [bits = rights.rawValue as UInt8] in
      let rights = WorkerRights(rawValue: bits)
      try Confinement.lockDown(.worker(rights))
      Self.require(Self.startingProgram() == (rights.contains(.exec) ? 0 : EPERM))
      Self.require(Self.openingSocket(AF_INET) == (rights.contains(.network) ? 0 : EAFNOSUPPORT))
      let status = try ProcessStatus(of: "thread-self")
      Self.require(status["NoNewPrivs"] == "1" && status["Seccomp"] == "2")
      Self.require(status.capabilities("CapPrm").isEmpty)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `A worker whose programs may be set-user-id lives by the supervisor's filter`() async {
    await #expect(processExitsWith: .success) {
      try Confinement.lockDown(.supervisor)
      try Identity(user: "nobody").assume()
      try Confinement.lockDown(.worker(.newPrivileges))
      let status = try ProcessStatus(of: "thread-self")
      Self.require(status["NoNewPrivs"] == "0" && status["Seccomp"] == "2")
      Self.require(status.capabilities("CapPrm").isEmpty && status.capabilities("CapEff").isEmpty)
      Self.require(status.capabilities("CapBnd") == Self.supervisorCapabilities)
      Self.require(clinux_dumps_forbidden() == 1)
      Self.require(Self.startingProgram() == 0 && Self.openingSocket(AF_INET) == 0)
      Self.require(chroot("/") == -1 && errno == EPERM)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "needs root"))
  func `Without a filter above it such a worker does not go on`() async {
    await #expect(processExitsWith: .success) {
      try Identity(user: "nobody").assume()
      do throws(ConfinementError) {
        try Confinement.lockDown(.worker(.newPrivileges))
      } catch {
        exit(error == .notInForce(.callFilter) ? EXIT_SUCCESS : EXIT_FAILURE)
      }
      exit(EXIT_FAILURE)
    }
  }

  @Test(arguments: profiles)
  func `Who isn't root stays himself, and is confined all the same`(profile: Confinement.Profile) async {
    await #expect(processExitsWith: .success) { [name = "\(profile)" as String] in
      // From root, as any user; an ordinary user stays who he is, and so do those whom he starts.
      _ = setgid(65_534)
      _ = setuid(65_534)
      let user = geteuid()
      try Confinement.start(closingFrom: 900)
      try Confinement.lockDown(.supervisor)
      try Confinement.lockDown(Self.profile(named: name))
      Self.require(!Confinement.isPrivileged && geteuid() == user)
      Self.require(clinux_new_privileges_forbidden() == 1 && clinux_dumps_forbidden() == 1)
      Self.require(clinux_capabilities_within(0, 0) == 1)
    }
  }
}
