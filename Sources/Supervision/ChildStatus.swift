import Glibc

/// How a child process ended.
enum ChildStatus: Equatable, CustomStringConvertible {
  case exited(Int32)
  case killed(signal: Int32)

  /// It ended because it was told to, or had done its share.
  var isOrderly: Bool { self == .exited(0) }

  var description: String {
    switch self {
    case .exited(let code): "exit code \(code)"
    case .killed(let signal): "signal \(signal)"
    }
  }

  /// Takes a child that has ended off the system's list; nil when there is none.
  static func next() -> (pid: Int32, status: ChildStatus)? {
    var raw: Int32 = 0
    let pid = waitpid(-1, &raw, WNOHANG)
    guard pid > 0 else { return nil }
    // The macros WIFEXITED and WEXITSTATUS of <sys/wait.h>.
    let signal = raw & 0x7F
    return (pid, signal == 0 ? .exited((raw >> 8) & 0xFF) : .killed(signal: signal))
  }
}
