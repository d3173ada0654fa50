import Foundation
import Policy
import PolicySetup
import Settings
import Testing

/// The scripts that we ship and our own: each has to be content.
@Suite struct RehearsalScriptTests {
  private static let package = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let folders = ["etc/postern/rehearsals", "Tests/RehearsalTests/Scripts"]

  private static func scripts() throws -> [URL] {
    try folders.flatMap { folder in
      try FileManager.default.contentsOfDirectory(
        at: package.appending(path: folder), includingPropertiesForKeys: nil)
    }
    .filter { $0.pathExtension == "rehearsal" }.sorted { $0.path < $1.path }
  }

  @Test(arguments: try scripts()) func `every expectation of a script is met`(script: URL) throws {
    let played = PlayedScript(Array(try Data(contentsOf: script)))
    #expect(played.faults == [])
    #expect(played.missed == [])
    #expect(played.expectations > 0, "a script that expects nothing shows nothing")
  }

  @Test func `the shipped scripts are there`() throws {
    let shipped = try Self.scripts().filter { $0.path.contains("/etc/postern/") }
    #expect(shipped.count >= 3)
  }
}
