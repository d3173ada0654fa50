import Credentials
import Testing

@testable import Settings

struct SaslauthdCommandTests {
  private static let usage = SaslauthdText.usage

  /// What saslauthd 2.1.28 writes to standard error and exits with, its mechanisms put for ours.
  @Test(arguments: [
    ("-h", usage, 0),
    ("-v", "saslauthd 2.1.28\nauthentication mechanisms: getpwent pam shadow\n\n", 0),
    ("-v -h", "saslauthd 2.1.28\nauthentication mechanisms: getpwent pam shadow\n\n", 0),
    ("", "saslauthd[7] :no authentication mechanism specified\n" + usage, 0),
    ("operand", "saslauthd[7] :no authentication mechanism specified\n" + usage, 0),
    ("-a foo", "saslauthd[7] :unknown authentication mechanism: foo\n", 1),
    ("-a ldap", "saslauthd[7] :unknown authentication mechanism: ldap\n", 1),
    ("-a pam,shadow", "saslauthd[7] :unknown authentication mechanism: pam,shadow\n", 1),
    ("-a foo -h", usage, 0),
    ("-a pam -a shadow", usage, 0),
    ("-a pam -m rel", "saslauthd[7] :-m requires an absolute pathname\n", 1),
    ("-m rel -v", "saslauthd[7] :-m requires an absolute pathname\n", 1),
    ("-n -5 -m rel", "saslauthd[7] :invalid number of worker processes defined\n", 1),
    ("-s 0", "saslauthd[7] :cache size must be positive and non zero\n", 1),
    ("-t 0", "saslauthd[7] :cache timeout must be positive\n", 1),
    ("-t x", "saslauthd[7] :cache timeout must be positive\n", 1),
    ("-Z", "/usr/sbin/saslauthd: invalid option -- 'Z'\n" + usage, 0),
    ("-H host -a pam", "/usr/sbin/saslauthd: invalid option -- 'H'\n" + usage, 0),
    ("-T", "/usr/sbin/saslauthd: invalid option -- 'T'\n" + usage, 0),
    ("--help", "/usr/sbin/saslauthd: invalid option -- '-'\n" + usage, 0),
    ("-m", "/usr/sbin/saslauthd: option requires an argument -- 'm'\n" + usage, 0),
    ("-a", "/usr/sbin/saslauthd: option requires an argument -- 'a'\n" + usage, 0),
    ("-da", "/usr/sbin/saslauthd: option requires an argument -- 'a'\n" + usage, 0),
  ])
  func `answers as saslauthd does`(line: String, text: String, status: Int32) {
    let command = SaslauthdCommand(Self.words(line), program: "/usr/sbin/saslauthd")
    guard case .answer(let answer) = command else { return #expect(Bool(false), "it would start") }
    #expect(answer.standardError(pid: 7) == text)
    #expect(answer.exitStatus == status)
  }

  @Test(arguments: [
    ("-a pam -n 257", "invalid number of worker processes defined: -n 257, at most 256"),
    (
      "-a pam -m /\(String(repeating: "x", count: 103))",
      "-m: the pathname is longer than 103 bytes: no socket's name fits"
    ),
  ])
  func `refuses by name what it can't do`(line: String, reason: String) {
    #expect(SaslauthdCommand(Self.words(line)) == .answer(.refusal(reason)))
  }

  @Test func `an option for a mechanism that takes none is said to have no effect`() throws {
    #expect(try Self.invocation("-a pam -O x").notices == ["-O: the mechanism pam takes no option"])
  }

  @Test func `a mechanism alone starts a daemon in the background, as installed`() throws {
    let invocation = try Self.invocation("-a pam")
    var settings = Settings()
    settings.auth.listen = ["/var/run/saslauthd/mux"]
    settings.auth.mode = 0o777
    settings.auth.group = ""
    settings.auth.cache.lifetime = .zero
    settings.control.directory = "/var/run/saslauthd"
    settings.log.target = .syslog
    settings.log.wording = .saslauthd
    #expect(invocation.settings == settings)
    #expect(invocation.terminal == .leave)
    #expect(invocation.pidFile == "/var/run/saslauthd/saslauthd.pid")
    #expect(invocation.lockFile == "/var/run/saslauthd/saslauthd.pid.lock")
    #expect(invocation.notices.isEmpty)
  }

  @Test func `every flag does what it does there`() throws {
    let invocation = try Self.invocation("-c -d -l -r -V -a SHADOW -m /run/x -n 7 -s 128 -t 60")
    let settings = invocation.settings
    #expect(settings.auth.mechanisms == [.shadow])
    #expect(settings.auth.listen == ["/run/x/mux"])
    #expect(settings.auth.workers == 7)
    #expect(settings.auth.appendRealm)
    #expect(settings.control.directory == "/run/x")
    #expect(settings.log.target == .stderr)
    #expect(settings.log.level == .debug)
    #expect(invocation.terminal == .stay)
    #expect(invocation.runDirectory == "/run/x")
    #expect(settings.auth.cache.lifetime == .seconds(60))
    #expect(settings.auth.cache.entries == 1332)
    #expect(invocation.notices.isEmpty)
  }

  @Test(arguments: [
    ("", 0, 10_000), ("-t 60", 0, 10_000), ("-s 986", 0, 10_266), ("-c", 300, 10_000),
    ("-c -t 28800", 28_800, 10_000),
    ("-t 604800 -c", 604_800, 10_000), ("-c -s 986", 300, 10_266), ("-c -s 1", 300, 10),
    ("-c -s 100000", 300, 100_000), ("-c -s 2147483647", 300, 100_000), ("-ct7", 7, 10_000),
  ])
  func `the cache is on with -c alone, and as long and large as said`(
    flags: String, seconds: Int, entries: Int
  ) throws {
    let cache = try Self.invocation("-a pam \(flags)").settings.auth.cache
    #expect(cache.lifetime == .seconds(seconds))
    #expect(cache.entries == entries)
  }

  @Test func `a cache larger than ours is said to be smaller`() throws {
    let notices = try Self.invocation("-a pam -c -s 20000").notices
    #expect(notices == ["-s 20000: the cache holds 100000 logins at most"])
    #expect(try Self.invocation("-a pam -s 20000").notices.isEmpty)
  }

  @Test func `-f stays in the foreground without debugging`() throws {
    let invocation = try Self.invocation("-a pam -f")
    #expect(invocation.terminal == .stay)
    #expect(invocation.settings.log.target == .stderr)
    #expect(invocation.settings.log.level == .info)
  }

  @Test func `-V logs successes without staying in the foreground`() throws {
    let invocation = try Self.invocation("-a pam -V")
    #expect(invocation.terminal == .leave)
    #expect(invocation.settings.log.level == .debug)
  }

  @Test(arguments: ["-n 0", "-n x"])
  func `no number of processes is a worker for each request`(flag: String) throws {
    let settings = try Self.invocation("-a pam \(flag)").settings
    #expect(settings.auth.checksPerWorker == 1)
    #expect(settings.auth.workers == SaslauthdFlags.workersForEachRequest)
  }

  @Test(arguments: MechanismName.allCases)
  func `mechanisms are named in any case`(_ mechanism: MechanismName) throws {
    let settings = try Self.invocation("-a \(mechanism.rawValue.uppercased())").settings
    #expect(settings.auth.mechanisms == [mechanism])
  }

  @Test func `flags may be clustered and follow operands`() throws {
    let settings = try Self.invocation("operand -rn3 -apam").settings
    #expect(settings.auth.workers == 3)
    #expect(settings.auth.appendRealm)
  }

  private static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  private static func invocation(_ line: String) throws -> SaslauthdInvocation {
    let command = SaslauthdCommand(words(line))
    guard case .run(let invocation) = command else { throw NotStarted(command: command) }
    return invocation
  }

  private struct NotStarted: Error { let command: SaslauthdCommand }
}
