import Glibc
import SystemCalls

/// Where the service listens.
struct PolicyAddress {
  private let bytes: [UInt8]
  private let family: Int32

  /// A unix socket's path, else `ADDRESS:PORT`; nil for neither.
  init?(_ text: String) {
    let parts = text.split(separator: ":")
    if !text.contains("/"), parts.count == 2 {
      var address = sockaddr_in()
      guard let port = UInt16(parts[1]), inet_pton(AF_INET, String(parts[0]), &address.sin_addr) == 1 else {
        return nil
      }
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = port.bigEndian
      family = AF_INET
      bytes = withUnsafeBytes(of: address) { Array($0) }
    } else {
      var address = sockaddr_un()
      let path = Array(text.utf8)
      guard !path.isEmpty, path.count <= UnixSocket.longestPath else { return nil }
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
      family = AF_UNIX
      bytes = withUnsafeBytes(of: address) { Array($0) }
    }
  }

  /// A new connection that doesn't block.
  func connect() throws(SystemError) -> Descriptor {
    let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    let socket = Descriptor(owning: try retrying("socket") { Glibc.socket(family, type, 0) })
    let number = socket.number
    try retrying("connect") {
      bytes.withUnsafeBytes {
        Glibc.connect(number, $0.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t($0.count))
      }
    }
    // Blocking until here: a full backlog is waited for.
    try retrying("fcntl") { fcntl(number, F_SETFL, O_NONBLOCK) }
    if family == AF_INET {
      var on: Int32 = 1
      let size = socklen_t(MemoryLayout<Int32>.size)
      try retrying("setsockopt") { setsockopt(number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, size) }
    }
    return socket
  }
}
