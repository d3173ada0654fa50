import Foundation
import SystemCalls

/// A program that we started, in a process group of its own, and end by its pid.
///
/// Not Foundation's `Process`: that takes a daemon's parent for running for as long as the daemon runs, and lets
/// the program start with most signals blocked.
final class RunningProcess {
  let pid: Int32
  private let errors: String
  /// As wait(2) told it; nil while it runs.
  private var status: Int32?

  /// Starts `program`: an absolute path, or a name to be looked for in PATH.
  ///
  /// Input comes from the file `input`; `output` and `errors` are files that are made anew, or the same one.
  init(
    _ program: String, _ arguments: [String], input: String = "/dev/null", output: String, errors: String,
    environment: [String: String] = [:]
  ) throws {
    self.errors = errors
    // A shell opens the files and becomes the program.
    let redirections = errors == output ? ">'\(output)' 2>&1" : ">'\(output)' 2>'\(errors)'"
    let settings = (["LC_ALL": "C.UTF-8"].merging(environment) { $1 }).map { "\($0)=\($1)" }
    let nothing = Descriptor(
      owning: try retrying("open /dev/null") { open("/dev/null", O_RDONLY | O_CLOEXEC) })
    pid = try ChildProcess.spawn(
      path: "/bin/sh",
      arguments: ["sh", "-c", "exec 3<&- <'\(input)' \(redirections); exec \"$@\"", "sh", "env"] + settings
        + [program] + arguments, descriptor: nothing)
  }

  var isRunning: Bool {
    guard status == nil else { return false }
    var ending: Int32 = 0
    guard waitpid(pid, &ending, WNOHANG) == pid else { return true }
    status = ending
    return false
  }

  /// The exit code once it has ended; for a program that a signal ended, 128 and the signal's number.
  var exitStatus: Int32 {
    guard let status else { preconditionFailure("it still runs") }
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }

  /// What it has said so far on its second output.
  var log: String { String(decoding: FileManager.default.contents(atPath: errors) ?? Data(), as: UTF8.self) }

  func signal(_ signal: Int32) { kill(pid, signal) }

  /// Ends it, and waits until it is gone.
  func stop(by signal: Int32 = SIGTERM, within limit: Duration = .seconds(30)) async throws {
    if isRunning { self.signal(signal) }
    do {
      try await eventually("pid \(pid) ends", within: limit) { !isRunning }
    } catch {
      kill(-pid, SIGKILL)
      throw error
    }
  }

  /// Ends it and its children at once; nothing of it is asked to tidy up.
  func destroy() async throws {
    kill(-pid, SIGKILL)
    try await eventually("pid \(pid) ends") { !isRunning }
  }

  // Whatever a test that failed has left running, with the children that stayed in its group.
  deinit { if isRunning { kill(-pid, SIGKILL) } }
}
