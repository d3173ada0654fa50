import Foundation

/// Where this package's files are, seen from the tests.
enum Project {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()  // Harness
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  static func path(_ name: String) -> String { "\(root)/\(name)" }

  static func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// A program as this very build made it.
  static func program(_ name: String) -> String { "\(BuiltPrograms.directory)/\(name)" }
}
