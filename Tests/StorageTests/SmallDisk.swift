import Foundation
import Glibc
import TestKit
import Testing

/// A file system in memory with little room, which goes away with its owner.
final class SmallDisk {
  /// Whether this process may mount one.
  static let canBeHad = geteuid() == 0 && run("/usr/bin/unshare", ["--mount", "/bin/true"])

  private let directory: TemporaryDirectory

  init(size: String) throws {
    directory = try TemporaryDirectory()
    let arguments = ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", directory.path]
    try #require(Self.run("/bin/mount", arguments))
  }

  deinit { _ = Self.run("/bin/umount", ["--lazy", directory.path]) }

  var path: String { directory.path }

  /// Writes until there is no room.
  func fill() {
    let file = open(path + "/ballast", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    for size in [65_536, 4096, 1] {
      let zeros = [UInt8](repeating: 0, count: size)
      while write(file, zeros, size) > 0 {}
    }
    close(file)
  }

  func clear() { unlink(path + "/ballast") }

  private static func run(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
