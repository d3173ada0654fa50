import Foundation
import SystemCalls

/// Core files, which Debian's kernel writes into a process's working directory.
enum CoreDumps {
  /// Whether the kernel writes them into the working directory at all.
  static let areFiles: Bool = {
    let pattern = FileManager.default.contents(atPath: "/proc/sys/kernel/core_pattern") ?? Data()
    return pattern.starts(with: Data("core".utf8))
  }()

  /// Allows them to this process and those that it starts.
  static func allow() throws {
    var limit = rlimit(rlim_cur: .max, rlim_max: .max)
    try retrying("setrlimit") { setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) }
  }

  /// Forbids them again.
  static func forbid() throws {
    var limit = rlimit(rlim_cur: 0, rlim_max: .max)
    try retrying("setrlimit") { setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit) }
  }

  static func files(in directory: String) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasPrefix("core") })
  }
}
