import Foundation
import SystemCalls

/// A text that is looked for wherever a process could have left it.
struct Residue {
  private let needles: [[UInt8]]

  /// - Parameter text: parts of it, its first and last 12 bytes, count as well: memory that is used again is
  ///   overwritten from either side.
  init(of text: String) {
    let bytes = Array(text.utf8)
    needles = [Array(bytes.prefix(12)), Array(bytes.suffix(12))]
  }

  /// Memory, arguments and environment of these processes; one that has gone meanwhile has none.
  func places(in processes: [Int32]) throws -> [String] {
    try processes.flatMap { pid in
      do {
        return try ProcessMemory(pid: pid).places(of: needles)
          + ["cmdline", "environ"].map { "/proc/\(pid)/\($0)" }.filter(isInFile)
      } catch let error as SystemError where [ENOENT, ESRCH].contains(error.code) {
        return []
      }
    }
  }

  /// The regular files below `directory`, and the names of all.
  func places(below directory: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: directory).filter { name in
      isIn(Data(name.utf8)) || isInRegularFile("\(directory)/\(name)")
    }
  }

  private func isInRegularFile(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    return isInFile(path)
  }

  private func isInFile(_ path: String) -> Bool {
    isIn(FileManager.default.contents(atPath: path) ?? Data())
  }

  private func isIn(_ bytes: Data) -> Bool { needles.contains { bytes.range(of: Data($0)) != nil } }
}
