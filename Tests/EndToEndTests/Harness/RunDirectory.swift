import Foundation
import SystemCalls

/// A directory of one test's own, which every user can pass through; gone when the test is.
///
/// It stands directly under /tmp, whatever TMPDIR says: socket paths are at most 107 bytes, and Postfix's
/// user has to reach what lies inside.
final class RunDirectory {
  let path: String

  init() throws {
    var template = Array("/tmp/postern-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw SystemError("mkdtemp") }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path): \(error)") }
  }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Makes a directory, and those above it, with this owner.
  @discardableResult
  func make(_ name: String, owner: String = "root", group: String = "root", mode: Int = 0o755) throws
    -> String
  {
    try FileManager.default.createDirectory(atPath: path(name), withIntermediateDirectories: true)
    try own(name, owner: owner, group: group, mode: mode)
    return path(name)
  }

  func own(_ name: String, owner: String = "root", group: String, mode: Int) throws {
    try FileManager.default.setAttributes(
      [.ownerAccountName: owner, .groupOwnerAccountName: group, .posixPermissions: mode],
      ofItemAtPath: path(name))
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    return path(name)
  }

  static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  /// Waits until the file at `path` is there and whole, and reads it.
  static func text(_ path: String, when isWhole: (String) -> Bool) async throws -> String {
    try await eventually("\(path) is written") {
      let data = FileManager.default.contents(atPath: path) ?? Data()
      return isWhole(String(decoding: data, as: UTF8.self))
    }
    return try text(path)
  }

  func copy(_ source: String, to name: String) throws {
    try FileManager.default.copyItem(atPath: source, toPath: path(name))
  }
}
