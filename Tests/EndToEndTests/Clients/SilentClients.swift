import Glibc
import SystemCalls

/// Connections over which nothing is said.
struct SilentClients {
  private let sockets: [Int32]

  init(_ count: Int, at path: String) throws {
    sockets = try (0..<count).map { _ in try UnixSocket.connect(to: path).release() }
  }

  consuming func leave() {
    for socket in sockets { close(socket) }
  }
}
