import Glibc
import Preflight
import Settings
import Testing

struct ChrootCheckTests {
  private var test: TestHost
  private var directory: String { test.path }
  private var queue: String { "\(directory)/spool" }

  init() throws {
    test = try TestHost()
    try test.write(
      "queue_directory = \(test.path)/spool\ncompatibility_level = 3.6\n", to: "main.cf")
  }

  @Test mutating func `a chrooted smtpd without a socket inside is a warning`() throws {
    try test.write(
      """
      # service type private unpriv chroot wakeup maxproc command
      smtp      inet  n       -       y       -       -       smtpd
      submission inet n       -       y       -       -       smtpd
        -o smtpd_tls_security_level=encrypt
      pickup    unix  n       -       y       60      1       pickup
      """, to: "master.cf")
    let message = """
      warning: \(directory)/master.cf:2: smtpd (smtp inet, submission inet) is chrooted to \(queue), and no \
      socket lies in there
      """
    #expect(
      test.findings == [
        "\(message); mend: add \"\(queue)/var/run/saslauthd/mux\" to [auth] listen, or put n into the column chroot"
      ])
    test.settings.log.wording = .saslauthd
    #expect(
      test.findings == [
        "\(message); mend: start with -m \(queue)/var/run/saslauthd, or put n into the column chroot"
      ])
  }

  @Test(arguments: [
    ("smtp inet n - n - - smtpd", "3.6", false),
    ("smtp inet n - - - - smtpd", "3.6", false),
    ("smtp inet n - - - - smtpd", "2", false),
    ("smtp inet n - - - - smtpd", "0", true),
    ("smtp inet n -\n  y - - smtpd", "3.6", true),
    ("smtpd pass - - y - - smtpd", "3.6", true),
    ("smtp inet n - y - 1 postscreen", "3.6", false),
    ("smtp inet", "3.6", false),
    ("#smtp inet n - y - - smtpd", "3.6", false),
  ])
  func `the column chroot is read as Postfix reads it`(line: String, level: String, warns: Bool) throws {
    try test.write(line, to: "master.cf")
    try test.write("compatibility_level=\(level)\nqueue_directory=\(queue)\n", to: "main.cf")
    #expect(test.findings.isEmpty != warns)
  }

  @Test mutating func `a socket inside is found by its path, a link or a second name`() throws {
    try test.write("smtp inet n - y - - smtpd\n", to: "master.cf")
    for name in ["spool", "spool/var", "spool/var/run", "spool/var/run/saslauthd"] {
      test.makeDirectory(name, mode: 0o755)
    }
    #expect(!test.findings.isEmpty)
    test.settings.auth.listen.append("\(queue)/var/run/saslauthd/mux")
    #expect(test.findings.isEmpty)
    symlink("\(queue)/var/run/saslauthd", "\(directory)/link")
    test.settings.auth.listen = ["\(directory)/link/mux"]
    #expect(test.findings.isEmpty)
  }

  @Test(
    arguments: [
      ([], false), ([.inet(host: "127.0.0.1", port: 10_040)], false),
      ([.unix(path: "/run/postern/p")], true),
      ([.unix(path: "/run/postern/p"), .inet(host: "*", port: 10_040)], false),
      ([.unix(path: "QUEUE/postern/p")], false), ([.unix(path: "/run/p"), .unix(path: "QUEUE/p")], false),
    ] as [([ListenAddress], Bool)])
  mutating func `a policy socket that a chrooted smtpd can't find is a warning`(
    addresses: [ListenAddress], warns: Bool
  ) throws {
    try test.write("smtp inet n - y - - smtpd\n", to: "master.cf")
    test.settings.auth.listen = ["\(queue)/mux"]
    let listen = addresses.map { address in
      if case .unix(let path) = address {
        ListenAddress.unix(path: path.replacing("QUEUE", with: queue))
      } else {
        address
      }
    }
    test.settings.policy = [PolicyListenerSettings(name: "sender", addresses: listen)]
    let findings = test.findings.filter { $0.contains("chroot") }
    let expected = """
      warning: \(directory)/master.cf:1: smtpd (smtp inet) is chrooted to \(queue), and no socket of \
      [policy.sender] lies in there; mend: add "unix:\(queue)/postern/sender" to its listen, and name it \
      unix:postern/sender in main.cf, or put n into the column chroot
      """
    #expect(findings == (warns ? [expected] : []))
  }

  @Test func `a host without Postfix has no such finding`() {
    #expect(test.findings.isEmpty)
  }
}
