import Foundation
import Glibc
import Policy
import TestKit
import Testing

@testable import Storage

/// A file system of its own that has no room: needs the right to mount one.
@Suite(.enabled(if: FullDiskTests.canMount))
struct FullDiskTests {
  static let canMount = geteuid() == 0 && run("/usr/bin/unshare", ["--mount", "/bin/true"])

  private static func run(_ program: String, _ arguments: [String]) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  private final class SmallDisk {
    let directory: TemporaryDirectory
    init(size: String) throws {
      directory = try TemporaryDirectory()
      try #require(
        FullDiskTests.run("/bin/mount", ["-t", "tmpfs", "-o", "size=\(size)", "tmpfs", directory.path]))
    }
    deinit { _ = FullDiskTests.run("/bin/umount", ["--lazy", directory.path]) }

    /// Writes until there is no room.
    func fill() {
      let file = open(directory.path + "/ballast", O_WRONLY | O_CREAT | O_APPEND, 0o600)
      for size in [65_536, 4096, 1] {
        let zeros = [UInt8](repeating: 0, count: size)
        while write(file, zeros, size) > 0 {}
      }
      close(file)
    }

    func clear() { unlink(directory.path + "/ballast") }
  }

  private func reason(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "none"
    } catch {
      return (error as? TripletStoreError)?.reason ?? "\(error)"
    }
  }

  @Test func `a disk that is full, and has room again`() throws {
    let disk = try SmallDisk(size: "2m")
    let path = disk.directory.path + "/postern.db"
    let store = SQLiteTripletStore(path: path, delay: 300)
    try store.apply([Records.triplet("a", last: 1)])
    disk.fill()
    let said = reason {
      for number in 0..<2000 { try store.apply([Records.triplet("\(number)", last: 1)]) }
    }
    #expect(said == "\(path): no space left on the disk")
    #expect(try store.records(for: Records.keys("a")).triplet != nil, "what is known stays known")
    disk.clear()
    try store.apply([Records.triplet("b", last: 1)])
    #expect(try store.records(for: Records.keys("b")).triplet != nil)
    store.close()
    #expect(try Database(path: path, patience: 0).text("PRAGMA integrity_check") == "ok")
  }

  @Test func `a disk that is full from the beginning`() throws {
    let disk = try SmallDisk(size: "1m")
    let path = disk.directory.path + "/postern.db"
    let store = SQLiteTripletStore(path: path, delay: 300)
    disk.fill()
    #expect(reason { try store.open() }.contains("pace left on"))
    disk.clear()
    try store.apply([Records.triplet("b", last: 1)])
    #expect(try store.count().triplets == 1)
  }
}
