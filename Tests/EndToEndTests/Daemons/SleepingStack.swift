import Foundation

/// A PAM stack that keeps one login waiting and serves all others.
struct SleepingStack {
  let stack: String
  private let mark: String

  /// Compiles the module; `login` waits for `seconds` before pam_unix is asked.
  init(in run: RunDirectory, login: String, seconds: Int) async throws {
    let module = try await Compiler.module("pam_sleep_test", in: run)
    // The worker runs as a user who may not write in the run directory.
    mark = try run.make("marks", mode: 0o777) + "/sleeping"
    stack = """
      auth optional \(module) login=\(login) seconds=\(seconds) mark=\(mark)
      auth required pam_unix.so nodelay
      account required pam_unix.so

      """
  }

  /// Waits until a login sleeps, and says in which process.
  func worker() async throws -> Int32 {
    let text = try await RunDirectory.text(mark) { $0.hasSuffix("\n") }
    guard let pid = Int32(text.dropLast()) else {
      throw NeverHappened(what: "a pid in \(mark)", within: .zero)
    }
    return pid
  }
}
