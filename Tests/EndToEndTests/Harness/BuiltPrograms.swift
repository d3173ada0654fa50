import Foundation

/// Where the programs of this build can be started by every user.
///
/// They stand beside the test bundle. But the gateway's parts run as users of their own, and a checkout may lie in
/// root's home, where nobody else can pass: then they are copied, for as long as the tests run.
enum BuiltPrograms {
  private static let names = [
    "posternd", "postern-auth", "postern-policy", "postern-worker", "postern", "testauth",
  ]
  private static let built = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path
  private static let copies = "/tmp/postern-programs-\(getpid())"

  static let directory: String = {
    do {
      return try isOpenToAll(built) ? built : copied()
    } catch {
      preconditionFailure("the programs can't be had: \(error)")
    }
  }()

  private static func isOpenToAll(_ path: String) throws -> Bool {
    var directory = URL(filePath: path)
    while directory.path != "/" {
      let mode = try FileManager.default.attributesOfItem(atPath: directory.path)[.posixPermissions]
      guard let mode = mode as? Int, mode & 0o001 != 0 else { return false }
      directory.deleteLastPathComponent()
    }
    return true
  }

  private static func copied() throws -> String {
    try FileManager.default.createDirectory(
      atPath: copies, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
    atexit { BuiltPrograms.removeCopies() }
    for name in names {
      try FileManager.default.copyItem(atPath: "\(built)/\(name)", toPath: "\(copies)/\(name)")
    }
    return copies
  }

  private static func removeCopies() {
    do { try FileManager.default.removeItem(atPath: copies) } catch { print("left behind: \(copies)") }
  }
}
