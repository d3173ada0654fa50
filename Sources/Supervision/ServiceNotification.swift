import Glibc
import SystemCalls

/// Tells systemd how the service is: `sd_notify(3)`, where `NOTIFY_SOCKET` says so.
struct ServiceNotification {
  private let path: String?

  /// Reads the variable and takes it out of the environment.
  init() {
    path = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
    unsetenv("NOTIFY_SOCKET")
  }

  func ready() { send("READY=1\n") }
  func reloading() { send("RELOADING=1\n") }
  func stopping() { send("STOPPING=1\n") }

  private func send(_ state: String) {
    guard let path else { return }
    do {
      let socket = try UnixSocket.connectDatagram(to: path)
      try Array(state.utf8).span.withUnsafeBytes { bytes throws(SystemError) in
        try UnixSocket.send(bytes, to: socket)
      }
    } catch {
      // systemd's timeout tells the rest; there is nobody else to tell.
      return
    }
  }
}
