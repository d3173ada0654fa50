import Testing

@testable import Settings

struct PostgreyCommandTests {
  /// What postgrey 1.37 writes and exits with; `PostgreyReferenceTests` asks it again where it is installed.
  static let answers: [(line: String, output: String, errors: String, status: Int32)] = [
    ("--version", "postgrey 1.37\n", "", 0), ("-version", "postgrey 1.37\n", "", 0),
    ("--version x", "postgrey 1.37\n", "", 0), ("--noaction --version", "postgrey 1.37\n", "", 0),
    ("--delay=1_0 --version", "postgrey 1.37\n", "", 0), ("--delay=+5 --version", "postgrey 1.37\n", "", 0),
    ("--delay -5 --version", "postgrey 1.37\n", "", 0), ("--delay=_5_ --version", "postgrey 1.37\n", "", 0),
    ("--delay=99999999999999999999 --version", "postgrey 1.37\n", "", 0),
    ("--auto-whitelist-clients --version", "postgrey 1.37\n", "", 0),
    ("--auto-whitelist-clients 7 --version", "postgrey 1.37\n", "", 0),
    ("--auto-whitelist-clients= --version", "postgrey 1.37\n", "", 0),
    ("--unix -d --version", "postgrey 1.37\n", "", 0), ("-u -- --version", "postgrey 1.37\n", "", 0),
    ("--facility x --syslog-facility=y --syslogfacility z --version", "postgrey 1.37\n", "", 0),
    ("--vers", "", "Unknown option: vers\n", 1), ("-V", "", "Unknown option: V\n", 1),
    ("--Version", "", "Unknown option: Version\n", 1), ("-vq --version", "", "Unknown option: vq\n", 1),
    ("-ux", "", "Unknown option: ux\n", 1), ("-u=x", "", "Unknown option: u=x\n", 1),
    ("-unix=x", "", "Unknown option: unix=x\n", 1), ("--no-version", "", "Unknown option: no-version\n", 1),
    ("---help", "", "Unknown option: -help\n", 1), ("--=x", "", "Unknown option: =x\n", 1),
    ("-=x", "", "Unknown option: =x\n", 1), ("-1", "", "Unknown option: 1\n", 1),
    ("--foo --version --bar=1 x --baz", "", "Unknown option: foo\nUnknown option: bar\n", 1),
    ("--auto-whitelist-clients -7", "", "Unknown option: 7\n", 1),
    ("--version=3", "", "Option version does not take an argument\n", 1),
    ("--daemonize=1", "", "Option daemonize does not take an argument\n", 1),
    ("--help=", "", "Option help does not take an argument\n", 1), ("-d=1", "", "Unknown option: d=1\n", 1),
    ("--delay", "", "Option delay requires an argument\n", 1),
    ("--delay= --version", "", "Option delay requires an argument\n", 1),
    ("--unix", "", "Option unix requires an argument\n", 1), ("-u", "", "Option u requires an argument\n", 1),
    ("--unix=", "", "Option unix requires an argument\n", 1),
    ("--whitelist-clients", "", "Option whitelist-clients requires an argument\n", 1),
    ("--delay=x --unix=/x", "", "Value \"x\" invalid for option delay (number expected)\n", 1),
    ("--delay x", "", "Value \"x\" invalid for option delay (number expected)\n", 1),
    ("--delay 0x10", "", "Value \"0x10\" invalid for option delay (number expected)\n", 1),
    ("--max-age=5.5", "", "Value \"5.5\" invalid for option max-age (number expected)\n", 1),
    ("--delay --help", "", "Value \"--help\" invalid for option delay (number expected)\n", 1),
    ("--ipv4cidr=_", "", "Value \"_\" invalid for option ipv4cidr (number expected)\n", 1),
    (
      "--delay x --foo", "", "Value \"x\" invalid for option delay (number expected)\nUnknown option: foo\n",
      1
    ),
    ("", "", "ERROR: --unix or --inet must be specified\n", 2),
    ("x --version", "", "ERROR: --unix or --inet must be specified\n", 2),
    ("-- --version", "", "ERROR: --unix or --inet must be specified\n", 2),
    ("- --version", "", "ERROR: --unix or --inet must be specified\n", 2),
    ("+version", "", "ERROR: --unix or --inet must be specified\n", 2),
    ("--no-action", "", "ERROR: don't know how to \"no-action\".\n", 2),
    ("-n", "", "ERROR: don't know how to \"no-action\".\n", 2),
    ("--unix=/nowhere/s --retry-window=x", "", retryWindow, 2),
    ("--unix=/nowhere/s --retry-window=6hours", "", retryWindow, 2),
    ("--unix=/nowhere/s --retry-window=-1", "", retryWindow, 2),
  ]

  private static let retryWindow = """
    ERROR: --retry-window must be either a number of days or a number
           followed by 'h' for hours ('6h' for example).

    """

  @Test(arguments: answers.indices)
  func `answers as postgrey does`(index: Int) {
    let entry = Self.answers[index]
    let expected = PostgreyAnswer(
      standardOutput: entry.output, standardError: entry.errors, exitStatus: entry.status)
    #expect(PostgreyCommand(Self.words(entry.line)) == .answer(expected), "\(entry.line)")
  }

  @Test(arguments: ["--help", "-h", "-help", "--help --version", "--unix=/x --help", "--man --help"])
  func `help comes before all else`(line: String) {
    #expect(PostgreyCommand(Self.words(line)) == .answer(.help))
  }

  @Test func `the manual is the help`() {
    #expect(PostgreyCommand(["--man"]) == .answer(.manual))
  }

  /// Where postgrey starts, and fails at the first request or means something that nobody wants.
  @Test(arguments: [
    ("--ipv4cidr=33", "--ipv4cidr must be a number from 1 to 32."),
    ("--ipv4cidr=-1", "--ipv4cidr must be a number from 1 to 32."),
    ("--ipv6cidr=129", "--ipv6cidr must be a number from 1 to 128."),
    ("--auto-whitelist-clients=x", "--auto-whitelist-clients must be a number, 0 for never."),
    ("--auto-whitelist-clients=-1", "--auto-whitelist-clients must be a number, 0 for never."),
    ("--socketmode=rw", "--socketmode must be an octal number, 0666 for example."),
    ("--socketmode=0999", "--socketmode must be an octal number, 0666 for example."),
    ("--socketmode=10000", "--socketmode must be an octal number, 0666 for example."),
    ("--inet=foo", "Could not determine port number from host [*]:foo"),
    ("--inet=localhost:", "Could not determine port number from host [*]:localhost:"),
    ("--inet=localhost:70000", "Could not determine port number from host [*]:localhost:70000"),
    ("--inet=a/b:1", "Could not determine host from \"a/b\""),
  ])
  func `refuses by name what can't be`(line: String, reason: String) {
    #expect(PostgreyCommand(Self.words("--unix=/x " + line)) == .answer(.refusal(reason)))
  }

  @Test func `a socket alone starts postgrey with its defaults`() throws {
    let expected = PostgreyInvocation(listener: .unix(path: "/run/s"))
    #expect(try Self.invocation("--unix=/run/s") == expected)
    #expect(expected.terminal == .stay && expected.pidFile == nil && expected.socketMode == 0o666)
    #expect(expected.delay == 300 && expected.maxAge == 3_024_000 && expected.retryWindow == 172_800)
    #expect(expected.lookup == .subnet(v4: 24, v6: 64) && expected.autoWhitelistClients == 5)
    #expect(
      expected.clientWhitelists.paths == [
        "/etc/postgrey/whitelist_clients", "/etc/postgrey/whitelist_clients.local",
        "/etc/postfix/postgrey_whitelist_clients", "/etc/postfix/postgrey_whitelist_clients.local",
      ])
    #expect(!expected.clientWhitelists.mustExist && !expected.recipientWhitelists.mustExist)
  }

  @Test func `every option does what it does there`() throws {
    let invocation = try Self.invocation(
      """
      -d -v -u /run/s --socketmode=0600 --user=u --group=g --dbdir=/db --pidfile=/run/pid --delay=60 --max-age=7
      --retry-window=6H --greylist-action=451 --greylist-text=later --lookup-by-subnet --ipv4cidr=16 --ipv6cidr=48
      --privacy --hostname=h --exim --whitelist-clients=a --whitelist-clients b --whitelist-recipients=c
      --auto-whitelist-clients=9 --listen-queue-size=5000 --x-greylist-header=X: --facility=local0
      """)
    var expected = PostgreyInvocation(listener: .unix(path: "/run/s"))
    expected.terminal = .leave
    expected.verbosity = .verbose
    expected.socketMode = 0o600
    expected.user = "u"
    expected.group = "g"
    expected.databaseDirectory = "/db"
    expected.pidFile = "/run/pid"
    expected.delay = 60
    expected.maxAge = 7 * 86_400
    expected.retryWindow = 6 * 3600
    expected.greylistAction = "451"
    expected.greylistText = "later"
    expected.lookup = .subnet(v4: 16, v6: 48)
    expected.privacy = true
    expected.hostname = "h"
    expected.closesAfterAnswer = true
    expected.clientWhitelists = .given(["a", "b"])
    expected.recipientWhitelists = .given(["c"])
    expected.autoWhitelistClients = 9
    expected.listenQueue = 999
    expected.header = "X:"
    expected.syslogFacility = "local0"
    #expect(invocation == expected)
  }

  static let listeners: [(text: String, host: String, port: UInt16)] = [
    ("10023", "localhost", 10023), ("127.0.0.1:10023", "127.0.0.1", 10023), ("[::1]:1", "::1", 1),
    ("::1:25", "::1", 25), ("*:25", "*", 25), (":25", "*", 25), ("mail.example:25", "mail.example", 25),
    ("0", "localhost", 0),
  ]

  @Test(arguments: listeners)
  func `inet takes a port, with a host or without`(text: String, host: String, port: UInt16) throws {
    #expect(try Self.invocation("--inet=\(text)").listener == .inet(host: host, port: port))
    #expect(try Self.invocation("--unix=/x -i \(text)").listener == .inet(host: host, port: port))
  }

  static let delays: [(line: String, delay: Int64)] = [
    ("--delay=0", 300), ("--delay=-5", -5), ("--delay=007", 7), ("--delay=1_000", 1000),
    ("--delay 3 --delay 4", 4), ("--delay=99999999999999999999", 1_099_511_627_776),
    ("--delay=-99999999999999999999", -1_099_511_627_776), ("--delay=+9", 9),
  ]

  @Test(arguments: delays)
  func `numbers are Perl's, and never too large`(line: String, delay: Int64) throws {
    #expect(try Self.invocation("--unix=/x " + line).delay == delay)
  }

  static let windows: [(text: String, seconds: Int64)] = [
    ("1", 86_400), ("0", 0), ("12h", 43_200), ("12H", 43_200), ("99999999999", 1_099_511_625_600),
    ("99999999999h", 1_099_511_625_600),
  ]

  @Test(arguments: windows)
  func `the retry window is days or hours`(text: String, seconds: Int64) throws {
    #expect(try Self.invocation("--unix=/x --retry-window=\(text)").retryWindow == seconds)
  }

  static let counts: [(line: String, count: Int64)] = [
    ("--auto-whitelist-clients", 5), ("--auto-whitelist-clients=", 5), ("--auto-whitelist-clients=0", 0),
    ("--auto-whitelist-clients 12", 12), ("--auto-whitelist-clients=00", 0), ("", 5),
  ]

  @Test(arguments: counts)
  func `clients are whitelisted after a number`(line: String, count: Int64) throws {
    #expect(try Self.invocation("--unix=/x " + line).autoWhitelistClients == count)
  }

  /// Perl takes an empty string and 0 for not given.
  @Test func `what is false is not given`() throws {
    let line =
      "--unix=/x --user=0 --greylist-text=0 --socketmode=0 --max-age=0 --ipv4cidr=0 --listen-queue-size=0"
    #expect(try Self.invocation(line) == PostgreyInvocation(listener: .unix(path: "/x")))
    #expect(try Self.invocation(line + " --hostname=0").hostname == "0", "but for the host's name")
  }

  @Test func `a pid file is for a daemon, and quiet is quieter than verbose`() throws {
    let invocation = try Self.invocation("--unix=/x --pidfile=/p -q -v --lookup-by-host --ipv4cidr=8")
    #expect(invocation.pidFile == nil)
    #expect(invocation.verbosity == .quiet)
    #expect(invocation.lookup == .host)
  }

  static func words(_ line: String) -> [String] { line.split { $0 == " " || $0 == "\n" }.map(String.init) }

  private static func invocation(_ line: String) throws -> PostgreyInvocation {
    let command = PostgreyCommand(words(line))
    guard case .run(let invocation) = command else { throw NotStarted(command: command) }
    return invocation
  }

  private struct NotStarted: Error { let command: PostgreyCommand }
}
