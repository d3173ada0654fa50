import Testing

@testable import Settings

struct SettingsSourceTests {
  @Test(arguments: [
    ([], SettingsSource.file("/etc/postern/postern.toml")),
    (["-c", "/x"], .file("/x")),
    (["saslauthd"], .saslauthd([])),
    (["saslauthd", "-a", "pam", "-c"], .saslauthd(["-a", "pam", "-c"])),
  ])
  func `reads what posternd is started with`(arguments: [String], source: SettingsSource) throws {
    #expect(try SettingsSource(arguments: arguments) == source)
    #expect(try SettingsSource(arguments: source.arguments) == source)
  }

  @Test(arguments: [
    (["-c"], "-c needs a file"),
    (["-x"], "unknown argument: -x"),
    (["-c", "/x", "y"], "unknown argument: y"),
    (["postern.toml"], "unknown argument: postern.toml"),
  ])
  func `refuses anything else`(arguments: [String], reason: String) {
    #expect(throws: UsageError(reason: reason)) { try SettingsSource(arguments: arguments) }
  }

  @Test func `flags make the same settings in every program`() throws {
    let settings = try Settings.load(.saslauthd(["-a", "shadow", "-m", "/run/x"]))
    #expect(settings.auth.listen == ["/run/x/mux"])
    let thrown = #expect(throws: SettingsErrors.self) { try Settings.load(.saslauthd(["-a", "x"])) }
    #expect(thrown?.errors.map(\.description) == ["saslauthd: unknown authentication mechanism: x"])
  }
}
