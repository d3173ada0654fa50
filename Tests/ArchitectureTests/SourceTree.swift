import Foundation

/// The package's sources as text.
enum SourceTree {
  /// One file.
  struct File: Sendable {
    /// From the package's directory on.
    var path: String
    var lines: [String]

    /// The folder under Sources/ or Tests/.
    var module: String { String(path.split(separator: "/")[1]) }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// All Swift files under `folder`.
  static func files(under folder: String) throws -> [File] {
    try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
      .filter { $0.hasSuffix(".swift") }.sorted()
      .map { name in
        let path = "\(folder)/\(name)"
        let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
        return File(
          path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
      }
  }

  /// The modules that each module's files import.
  static func imports() throws -> [String: Set<String>] {
    let statement = /^(?:@\w+ )*(?:package |internal |private |fileprivate |public )?import (?:\w+ )?(\w+)/
    return try files(under: "Sources").reduce(into: [:]) { imports, file in
      for line in file.lines {
        guard let match = line.firstMatch(of: statement) else { continue }
        imports[file.module, default: []].insert(String(match.1))
      }
    }
  }
}
