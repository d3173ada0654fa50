import Foundation
import Testing

@testable import Settings

/// Debian's postgrey.
private let program = "/usr/sbin/postgrey"

/// The real postgrey, asked for what the table of `PostgreyCommandTests` says.
@Suite(
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: program),
    "Debian's package postgrey is not installed."))
struct PostgreyReferenceTests {
  @Test(arguments: PostgreyCommandTests.answers.indices)
  func `the table is postgrey's own behaviour`(index: Int) throws {
    let entry = PostgreyCommandTests.answers[index]
    let (output, errors, status) = try Self.ask(PostgreyCommandTests.words(entry.line))
    #expect(output == entry.output, "\(entry.line)")
    #expect(errors == entry.errors, "\(entry.line)")
    #expect(status == entry.status, "\(entry.line)")
  }

  @Test func `our help has every option of its help, and no other`() throws {
    let (help, _, status) = try Self.ask(["--help"])
    #expect(status == PostgreyAnswer.help.exitStatus)
    #expect(Self.options(in: PostgreyText.help) == Self.options(in: help))
  }

  /// The options at the beginnings of lines, in their order.
  private static func options(in help: String) -> [String] {
    help.split(separator: "\n").compactMap {
      $0.prefixMatch(of: /\s+(?:-\w, )?(--[a-z0-9-]+)/).map { String($0.1) }
    }
  }

  private static func ask(_ arguments: [String]) throws -> (output: String, errors: String, status: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // Neither fills a pipe: the longest text is its help of 4 KiB.
    process.waitUntilExit()
    func text(_ pipe: Pipe) throws -> String {
      String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    }
    return (try text(output), try text(errors), process.terminationStatus)
  }
}
