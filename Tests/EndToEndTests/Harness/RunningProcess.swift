import Foundation
import SystemCalls

/// A program that we started, in a process group of its own, and end by its pid.
final class RunningProcess {
  private let process = Process()
  private let errors: String

  /// Starts `program` (an absolute path, or a name to be looked for in PATH).
  ///
  /// - Parameters:
  ///   - input: a file; nothing to read by default.
  ///   - output: a file, made anew.
  ///   - errors: another file, or the same.
  init(
    _ program: String, _ arguments: [String], input: String = "/dev/null", output: String, errors: String,
    environment: [String: String] = [:]
  ) throws {
    self.errors = errors
    process.executableURL = URL(filePath: program.hasPrefix("/") ? program : "/usr/bin/env")
    process.arguments = program.hasPrefix("/") ? arguments : [program] + arguments
    process.environment = Self.environment.merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
    let outputHandle = try Self.create(output)
    process.standardOutput = outputHandle
    process.standardError = errors == output ? outputHandle : try Self.create(errors)
    try Self.withNothingBlocked { try process.run() }
  }

  /// Threads that run Swift tasks block most signals, and a child would inherit that: TERM wouldn't end it.
  private static func withNothingBlocked(_ body: () throws -> Void) throws {
    var nothing = sigset_t()
    var before = sigset_t()
    sigemptyset(&nothing)
    pthread_sigmask(SIG_SETMASK, &nothing, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  /// As on a mail host: a plain path with the daemons' directories, and messages in English.
  private static let environment = [
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8",
    "HOME": "/root",
    "SWIFT_BACKTRACE": "enable=no",
  ]

  private static func create(_ path: String) throws -> FileHandle {
    guard FileManager.default.createFile(atPath: path, contents: nil) else {
      throw SystemError("open \(path)")
    }
    let handle = try FileHandle(forWritingTo: URL(filePath: path))
    try handle.seekToEnd()
    return handle
  }

  var pid: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  /// The exit code; for a program that a signal ended, 128 and the signal's number, as a shell says it.
  var exitStatus: Int32 {
    process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
  }

  /// What it has said so far on its second output.
  var log: String { String(decoding: FileManager.default.contents(atPath: errors) ?? Data(), as: UTF8.self) }

  func signal(_ signal: Int32) { kill(pid, signal) }

  /// Ends it, and waits until it is gone.
  func stop(by signal: Int32 = SIGTERM, within limit: Duration = .seconds(10)) async throws {
    if isRunning { self.signal(signal) }
    do {
      try await eventually("pid \(pid) ends", within: limit) { !process.isRunning }
    } catch {
      self.signal(SIGKILL)
      throw error
    }
  }

  /// Ends it and its children at once; nothing of it is asked to tidy up.
  func destroy() async throws {
    kill(-pid, SIGKILL)
    try await eventually("pid \(pid) ends") { !process.isRunning }
  }

  // Whatever a test that failed has left running, with the children that stayed in its group.
  deinit { if process.isRunning { kill(-process.processIdentifier, SIGKILL) } }
}
