import Glibc
import SystemCalls

/// Many clients of which none closes its connection.
struct HeldClients: ~Copyable {
  private let sockets: [Int32]

  /// Connects them.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - path: the mux socket.
  ///   - bytes: what each sends, in one write.
  /// - Throws: when a connection can't be made.
  init(_ count: Int, at path: String, sending bytes: [UInt8] = []) throws {
    try DescriptorLimit.allow(count)
    sockets = try (0..<count).map { _ in
      let socket = try UnixSocket.connect(to: path)
      if !bytes.isEmpty {
        let number = socket.number
        try retrying("send") { send(number, bytes, bytes.count, Int32(MSG_NOSIGNAL)) }
      }
      return socket.release()
    }
  }

  deinit { for socket in sockets { close(socket) } }

  /// How many connections the other end has closed by now; what it sent before is read.
  var closedCount: Int {
    var buffer = [UInt8](repeating: 0, count: 64)
    return sockets.count { socket in
      while true {
        let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count <= 0 { return count == 0 || errno == ECONNRESET }
      }
    }
  }
}
