import Foundation

/// A directory that goes away with its owner.
package final class TemporaryDirectory: Sendable {
  package let path: String

  package init() throws {
    let base = FileManager.default.temporaryDirectory
    let url = base.appendingPathComponent("postern-test-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    path = url.path
  }

  deinit {
    // What is left behind is in the system's directory for that.
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Writes a file that everybody may read.
  ///
  /// - Returns: its path.
  @discardableResult
  package func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    try text.write(toFile: file, atomically: false, encoding: .utf8)
    return file
  }
}
