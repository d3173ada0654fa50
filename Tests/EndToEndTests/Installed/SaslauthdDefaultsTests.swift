import Testing

/// The service file's script: what administrators have set for saslauthd, as flags.
@Suite struct SaslauthdDefaultsTests {
  /// A settings file and the command that it leads to.
  struct Row: Sendable, CustomTestStringConvertible {
    var title: String
    /// Under /etc.
    var file: String
    var text: String
    var flags: String

    var testDescription: String { title }

    static let all = [
      Row(title: "none", file: "default/other", text: "", flags: "-a pam -f"),
      Row(
        title: "Debian's as shipped", file: "default/saslauthd",
        text: """
          START=no
          DESC="SASL Authentication Daemon"
          NAME="saslauthd"
          MECHANISMS="pam"
          MECH_OPTIONS=""
          THREADS=5
          OPTIONS="-c -m /var/run/saslauthd"
          """, flags: "-a pam -n 5 -c -m /var/run/saslauthd -f"),
      Row(
        title: "Debian's, several mechanisms and an option", file: "default/saslauthd",
        text: """
          START=yes
          MECHANISMS="shadow pam"
          MECH_OPTIONS="a b"
          THREADS=0
          OPTIONS="-r -m /var/spool/postfix/var/run/saslauthd"
          """, flags: "-a shadow -O a b -n 0 -r -m /var/spool/postfix/var/run/saslauthd -f"),
      Row(
        title: "Red Hat's", file: "sysconfig/saslauthd",
        text: """
          SOCKETDIR=/run/saslauthd
          MECH=pam
          FLAGS="-n 3 -r"
          """, flags: "-a pam -m /run/saslauthd -n 3 -r -f"),
    ]
  }

  private func script(_ run: RunDirectory, _ arguments: [String]) async throws -> Finished {
    try await EndToEndTests.run(
      Project.path("scripts/saslauthd-defaults.sh"), arguments,
      environment: ["SASLAUTHD_ETC": run.path("etc")])
  }

  @Test(arguments: Row.all)
  func `keys become flags`(_ row: Row) async throws {
    let run = try RunDirectory()
    try run.make("etc/default")
    try run.make("etc/sysconfig")
    try run.write(row.text, to: "etc/\(row.file)")
    let started = try await script(run, ["start", "/bin/echo"])
    #expect(started == Finished(status: 0, output: "saslauthd \(row.flags)\n", errors: ""))
  }

  @Test func `only START=yes lets Debian's instance start`() async throws {
    let run = try RunDirectory()
    try run.make("etc/default")
    for (text, status) in [("START=no\n", Int32(1)), ("START=yes\n", 0)] {
      try run.write(text, to: "etc/default/saslauthd")
      #expect(try await script(run, ["enabled"]).status == status)
    }
  }
}
