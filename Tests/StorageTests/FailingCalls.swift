import Foundation
import Glibc
import Testing

/// `strace`, which has the n-th write and the n-th sync of this process fail.
struct FailingCalls {
  static var canBeHad: Bool { geteuid() == 0 && access("/usr/bin/strace", X_OK) == 0 }

  private let process = Process()

  /// Traces this process, the calling thread included, from then on.
  init(_ call: Int) throws {
    let calls = "pwrite64,fdatasync"
    process.executableURL = URL(filePath: "/usr/bin/strace")
    process.arguments = [
      "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)", "-e",
      "inject=\(calls):error=EIO:when=\(call)",
      "-p", "\(getpid())",
    ]
    try process.run()
    while try !Self.isTraced() { try #require(process.isRunning, "strace has ended") }
  }

  /// The kernel lets go of whom a tracer held that is gone; strace has inherited that it isn't asked to end.
  func end() {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private static func isTraced() throws -> Bool {
    let status = try String(contentsOfFile: "/proc/thread-self/status", encoding: .utf8)
    return !status.contains("TracerPid:\t0\n")
  }
}
