import Glibc
import SystemCalls

/// Listening sockets that systemd made and passed: `sd_listen_fds(3)`.
///
/// Names are `auth` for login sockets, `policy.NAME` for those of a policy, and `control` for the operator's.
struct SocketActivation: Equatable {
  /// The first number that is passed.
  private static let first: Int32 = 3

  /// Numbers and names, in the order of the unit's sockets.
  let sockets: [(number: Int32, name: String)]

  /// Reads `LISTEN_PID`, `LISTEN_FDS`, `LISTEN_FDNAMES`, and takes them out of the environment.
  static func take() -> SocketActivation {
    defer { for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsetenv(name) } }
    guard let pid = variable("LISTEN_PID"), Int32(pid) == getpid(),
      let count = variable("LISTEN_FDS").flatMap(Int32.init), (1...64).contains(count)
    else { return SocketActivation(sockets: []) }
    let names = variable("LISTEN_FDNAMES")?.split(separator: ":", omittingEmptySubsequences: false) ?? []
    let activation = SocketActivation(
      sockets: (0..<count).map { index in
        let name = Int(index) < names.count ? String(names[Int(index)]) : "auth"
        return (first + index, name)
      })
    for socket in activation.sockets { prepare(socket.number) }
    return activation
  }

  static func == (left: SocketActivation, right: SocketActivation) -> Bool {
    left.sockets.elementsEqual(right.sockets) { $0.number == $1.number && $0.name == $1.name }
  }

  /// The numbers with this name.
  func numbers(named name: String) -> [Int32] {
    sockets.filter { $0.name == name || (name == "auth" && $0.name == "unknown") }.map(\.number)
  }

  private static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }

  /// systemd passes them blocking and open across exec.
  private static func prepare(_ number: Int32) {
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    _ = fcntl(number, F_SETFL, fcntl(number, F_GETFL) | O_NONBLOCK)
  }
}
