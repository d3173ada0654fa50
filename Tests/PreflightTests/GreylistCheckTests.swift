import Glibc
import Settings
import TestKit
import Testing

@testable import Preflight

@Suite struct GreylistCheckTests {
  private static func findings(_ change: (inout Settings) throws -> Void) throws -> [Finding] {
    var settings = try Settings.load(.postgrey(["--inet=10023"]))
    settings.run.front = "nobody"
    try change(&settings)
    return GreylistCheck(settings: settings, host: Host()).findings
  }

  @Test func `A directory that isn't there is named, with the command that makes it`() throws {
    let findings = try Self.findings { $0.store.path = "/nonexistent/greylist/postern.db" }
    #expect(findings.map { $0.isError } == [true])
    #expect("\(findings[0])".contains("install -d -o nobody -m 700 /nonexistent/greylist"))
  }

  @Test(.enabled(if: geteuid() == 0)) func `A directory in which the service can't write is named`() throws {
    let directory = try TemporaryDirectory()
    chmod(directory.path, 0o755)
    let closed = try Self.findings { $0.store.path = directory.path + "/postern.db" }
    #expect(closed.map { $0.isError } == [true])
    #expect("\(closed[0])".contains("chown nobody \(directory.path)"))
    chown(directory.path, 65_534, 65_534)
    #expect(try Self.findings { $0.store.path = directory.path + "/postern.db" }.isEmpty)
  }

  @Test(arguments: [
    ("DEFER_IF_PERMIT", true), ("450 4.7.1", true), ("", false), ("PERMIT", false), ("999", false),
  ])
  func `An action that Postfix doesn't know is refused`(action: String, isKnown: Bool) throws {
    let directory = try TemporaryDirectory()
    chmod(directory.path, 0o777)
    let findings = try Self.findings {
      $0.store.path = directory.path + "/postern.db"
      $0.greylist.action = action
    }
    #expect(findings.isEmpty == isKnown)
  }

  @Test func `Without a policy service nothing is looked at`() throws {
    #expect(try Self.findings { $0.policy = [] }.isEmpty)
  }
}
