import CLinux
import Glibc

/// Starting another of our programs.
package enum ChildProcess {
  /// What a child finds in its environment, besides `LD_LIBRARY_PATH` where the parent has one.
  ///
  /// Swift's crash reporter prints registers, and so passwords: it stays off.
  private static let environment = [
    "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
    "SWIFT_BACKTRACE=enable=no",
  ]

  /// Starts the program at `path`, in a process group of its own, with `descriptor` as its number 3.
  ///
  /// - Parameters:
  ///   - path: the program's file.
  ///   - arguments: from argv[0] on.
  ///   - descriptor: goes on being the caller's.
  /// - Returns: the child's pid; it is the caller's to wait for.
  /// - Throws: also what kept the child from executing the file.
  package static func spawn(
    path: String, arguments: [String], descriptor: borrowing Descriptor
  ) throws(SystemError) -> Int32 {
    var environment = environment
    if let libraries = getenv("LD_LIBRARY_PATH") {
      environment.append("LD_LIBRARY_PATH=" + String(cString: libraries))
    }
    let number = descriptor.number
    var pid: Int32 = -1
    let failure = withCStrings(arguments) { arguments in
      withCStrings(environment) { environment in
        clinux_spawn(&pid, path, arguments, environment, number)
      }
    }
    guard failure == 0 else { throw SystemError("spawn \(path)", code: failure) }
    return pid
  }
}
