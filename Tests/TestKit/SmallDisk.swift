import Foundation
import Glibc
import Testing

/// A file system in memory with little room, which goes away with its owner.
package final class SmallDisk {
  /// Whether this process may mount one.
  package static let canBeHad = geteuid() == 0 && run("/usr/bin/unshare", ["--mount", "/bin/true"])

  private let directory: TemporaryDirectory

  /// Mounts one.
  ///
  /// - Parameter size: as mount(8) has it, such as `2m`.
  /// - Throws: when it can't be mounted.
  package init(size: String) throws {
    directory = try TemporaryDirectory()
    let arguments = ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", directory.path]
    try #require(Self.run("/bin/mount", arguments))
  }

  deinit { _ = Self.run("/bin/umount", ["--lazy", directory.path]) }

  /// Where it is; everybody may write there.
  package var path: String { directory.path }

  /// Writes until there is no room.
  package func fill() {
    let file = open(path + "/ballast", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    for size in [65_536, 4096, 1] {
      let zeros = [UInt8](repeating: 0, count: size)
      while write(file, zeros, size) > 0 {}
    }
    close(file)
  }

  /// Takes away what `fill` wrote.
  package func clear() { unlink(path + "/ballast") }

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
