import TestKit

/// A limit of a process that runs already.
enum ResourceLimit {
  /// Sets soft and hard limit, as the process's own user: root needs a capability for others', and may lack it.
  ///
  /// - Parameters:
  ///   - name: as an option of prlimit(1).
  ///   - value: both limits.
  ///   - pid: the process.
  /// - Throws: when it can't be set.
  static func set(_ name: String, to value: Int, of pid: Int32) async throws {
    let status = try ProcessStatus(of: pid)
    guard let user = status.numbers("Uid").first, let group = status.numbers("Gid").first else {
      throw NeverHappened(what: "the user of pid \(pid)", within: .zero)
    }
    try await must(
      "setpriv",
      [
        "--reuid=\(user)", "--regid=\(group)", "--clear-groups", "prlimit", "--pid", "\(pid)",
        "--\(name)=\(value):\(value)",
      ])
  }
}
