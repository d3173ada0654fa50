import Glibc
import SystemCalls

/// Where the daemon listens; connecting never waits.
struct MuxAddress {
  private let address: sockaddr_un

  /// Nil when the path is too long.
  init?(_ path: String) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count <= UnixSocket.longestPath else { return nil }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    self.address = address
  }

  /// A new connection, or nil while the daemon's backlog is full.
  ///
  /// - Throws: what keeps the daemon from being reached at all.
  func connect() throws(SystemError) -> Int32? {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let number = try retrying("socket") { socket(AF_UNIX, type, 0) }
    let result = withUnsafeBytes(of: address) { bytes in
      Glibc.connect(
        number, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
        socklen_t(MemoryLayout<sockaddr_un>.size))
    }
    guard result < 0 else { return number }
    let error = SystemError("connect")
    close(number)
    if error.code == EAGAIN { return nil }
    throw error
  }
}
