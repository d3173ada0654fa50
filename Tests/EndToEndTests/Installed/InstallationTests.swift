import Foundation
import Testing

/// What `make install` puts where, tried with the programs of this build.
@Suite(.serialized) struct InstallationTests {
  @Test func `installed programs carry their Swift runtime with them`() async throws {
    let run = try RunDirectory()
    try await Installation(in: run).install()
    for program in [
      "sbin/posternd", "bin/postern", "bin/testauth", "libexec/postern/postern-auth",
      "libexec/postern/postern-worker",
    ] {
      let libraries = try await must("ldd", [run.path("usr/\(program)")])
      #expect(!libraries.contains("not found"), "\(program)\n\(libraries)")
      for line in libraries.split(separator: "\n") where line.contains("libswift") {
        #expect(line.contains(run.path), "\(program): \(line)")
      }
    }
    let version = try await EndToEndTests.run(run.path("usr/sbin/posternd"), ["saslauthd", "-v"])
    #expect(version.errors.hasPrefix("saslauthd 2.1.28\n"))
  }

  @Test func `configuration that exists is left as it is`() async throws {
    let run = try RunDirectory()
    try run.make("etc/postern")
    try run.make("etc/pam.d")
    try run.write("# mine\n", to: "etc/postern/postern.toml")
    try run.write("# mine too\n", to: "etc/pam.d/smtp")
    try await Installation(in: run).install()
    #expect(try RunDirectory.text(run.path("etc/postern/postern.toml")) == "# mine\n")
    #expect(try RunDirectory.text(run.path("etc/pam.d/smtp")) == "# mine too\n")
    #expect(
      try RunDirectory.text(run.path("etc/postern/dnsbl-zones")) == Project.text("etc/postern/dnsbl-zones"))
    #expect(try RunDirectory.text(run.path("etc/pam.d/imap")) == Project.text("pam.d/imap"))
  }

  /// The units name programs under their prefix, so they are installed where that prefix is a real directory.
  private func units(_ run: RunDirectory) async throws -> [String] {
    try await Installation(in: run).install()
    let directory = run.path("usr/lib/systemd/system")
    return try FileManager.default.contentsOfDirectory(atPath: directory).sorted().map { name in
      let path = "\(directory)/\(name)"
      let text = try RunDirectory.text(path).replacing(
        "/usr/sbin/posternd", with: run.path("usr/sbin/posternd")
      )
      .replacing("/usr/libexec/", with: run.path("usr/libexec/"))
      try text.write(toFile: path, atomically: false, encoding: .utf8)
      return path
    }
  }

  @Test func `systemd finds nothing wrong with the units`() async throws {
    let run = try RunDirectory()
    let units = try await units(run)
    #expect(units.count == 4)
    let verified = try await EndToEndTests.run(
      "systemd-analyze", ["verify", "--man=no", "--recursive-errors=no"] + units)
    #expect(verified == Finished(status: 0, output: "", errors: ""))
  }

  /// Three capabilities cost points that no hardening can win back: change of users, and kill.
  ///
  /// So does being reached over TCP, as postgrey is.
  @Test(arguments: [
    ("postern.service", 35), ("postern-saslauthd.service", 25), ("postern-postgrey.service", 35),
  ])
  func `the services are confined as far as their work allows`(_ name: String, exposure: Int) async throws {
    let run = try RunDirectory()
    let unit = try #require(try await units(run).first { $0.hasSuffix("/\(name)") })
    let rated = try await EndToEndTests.run(
      "systemd-analyze", ["security", "--offline=true", "--threshold=\(exposure)", unit])
    #expect(rated.status == 0, "\(rated.output)\(rated.errors)")
  }

  @Test func `users and run directories are described as systemd reads them`() async throws {
    let run = try RunDirectory()
    try await Installation(in: run).install()
    try run.make("root/etc")
    try await must(
      "systemd-sysusers", ["--root=\(run.path("root"))", run.path("usr/lib/sysusers.d/postern.conf")])
    let passwd = try RunDirectory.text(run.path("root/etc/passwd"))
    #expect(passwd.contains("\npostern:") || passwd.hasPrefix("postern:"))
    #expect(passwd.contains("postern-local:"))
    #expect(try RunDirectory.text(run.path("root/etc/group")).contains("sasl:"))
  }
}
