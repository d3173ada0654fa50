import Foundation
import SystemCalls

/// A control group (version 1) of one test's own, which the daemon is started in.
final class ControlGroup {
  /// What it limits.
  enum Controller: String { case memory, pids }

  /// Whether this machine lets us make such groups.
  static let isPossible: Bool = [Controller.memory, .pids].allSatisfy {
    access("/sys/fs/cgroup/\($0.rawValue)/cgroup.procs", W_OK) == 0
  }

  private let path: String

  init(_ controller: Controller) throws {
    path = "/sys/fs/cgroup/\(controller.rawValue)/postern-faults-\(getpid())"
    try retrying("mkdir \(path)") { mkdir(path, 0o755) }
  }

  // Empty by now, or what runs in it would go on unlimited.
  deinit { if rmdir(path) != 0 { print("left behind: \(path)") } }

  /// What goes before a command that is to run in it.
  var wrapper: [String] { ["sh", "-c", "echo $$ >'\(path)/cgroup.procs' && exec \"$@\"", "sh"] }

  func set(_ file: String, to value: String) throws {
    try value.write(toFile: "\(path)/\(file)", atomically: false, encoding: .utf8)
  }

  func value(of file: String) throws -> String {
    try KernelFile.text("\(path)/\(file)").trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
