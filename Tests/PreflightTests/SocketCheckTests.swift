import Glibc
import Preflight
import Settings
import SystemCalls
import Testing

struct SocketCheckTests {
  private var test: TestHost
  private var directory: String { test.path }

  init() throws { test = try TestHost() }

  @Test func `a closed directory is a warning`() {
    test.makeDirectory("run", mode: 0o700)
    #expect(
      test.findings == [
        """
        warning: Postfix can't reach \(directory)/run/mux: \(directory)/run keeps the user postfix out; \
        mend: chmod o+x \(directory)/run
        """
      ])
  }

  @Test mutating func `a directory for a group is a warning until Postfix is in it`() throws {
    test.makeDirectory("run", mode: 0o710)
    let group = try #require(DirectoryStatus(of: "\(directory)/run")).group
    #expect(
      test.findings == [
        """
        warning: Postfix can't reach \(directory)/run/mux: \(directory)/run keeps the user postfix out; \
        mend: adduser postfix \(group), then postfix reload
        """
      ])
    test.host.accounts = TestHost.accounts(groupsOfPostfix: [group, TestHost.sasl])
    #expect(test.findings.isEmpty)
  }

  @Test mutating func `a socket for a group is a warning until Postfix is in it`() {
    test.host.accounts = TestHost.accounts(groupsOfPostfix: [])
    #expect(
      test.findings == [
        """
        warning: Postfix can't connect to \(directory)/run/mux: it is for the group sasl; \
        mend: adduser postfix sasl, then postfix reload
        """
      ])
    test.settings.auth.mode = 0o666
    #expect(test.findings.isEmpty)
  }

  @Test mutating func `a host without Postfix has no such finding`() {
    test.makeDirectory("run", mode: 0o700)
    test.host.accounts = TestHost.accounts(groupsOfPostfix: [], missing: ["postfix"])
    #expect(test.findings.isEmpty)
  }

  @Test mutating func `a directory that the start can't make is an error`() {
    test.settings.auth.listen = ["\(directory)/new/mux"]
    #expect(test.findings.isEmpty)
    test.settings.auth.listen = ["\(directory)/new/deeper/mux"]
    test.settings.control.directory = "\(directory)/old/deeper"
    #expect(
      test.findings == [
        """
        error: [auth] listen: there is no directory \(directory)/new for \(directory)/new/deeper/mux; \
        mend: mkdir -p \(directory)/new
        """,
        """
        error: [control] directory: there is no directory \(directory)/old for \(test.settings.control.authSocket); \
        mend: mkdir -p \(directory)/old
        """,
      ])
  }
}
