import Foundation
import SystemCalls
import Testing

/// A control group (version 1) of one test's own, which the daemon is started in.
struct ControlGroup {
  /// What it limits.
  enum Controller: String { case memory, pids }

  /// Whether this machine lets us make such groups.
  static let isPossible: Bool = [Controller.memory, .pids].allSatisfy {
    access("/sys/fs/cgroup/\($0.rawValue)/cgroup.procs", W_OK) == 0
  }

  private let path: String

  private init(_ controller: Controller) throws {
    path = "/sys/fs/cgroup/\(controller.rawValue)/postern-faults-\(getpid())"
    try retrying("mkdir \(path)") { mkdir(path, 0o755) }
  }

  /// Makes a group, gives it to `body`, and takes it away when all that ran in it has gone.
  static func with(_ controller: Controller, _ body: (ControlGroup) async throws -> Void) async throws {
    let group = try ControlGroup(controller)
    do {
      try await body(group)
    } catch {
      Issue.record(error)
    }
    // A process that the kernel is still taking apart holds it.
    try await eventually("\(group.path) is empty") { rmdir(group.path) == 0 }
  }

  /// What goes before a command that is to run in it.
  var wrapper: [String] { ["sh", "-c", "echo $$ >'\(path)/cgroup.procs' && exec \"$@\"", "sh"] }

  func set(_ file: String, to value: String) throws {
    try value.write(toFile: "\(path)/\(file)", atomically: false, encoding: .utf8)
  }

  func value(of file: String) throws -> String {
    try KernelFile.text("\(path)/\(file)").trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
