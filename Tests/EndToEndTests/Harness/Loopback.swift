import CLinux
import Glibc
import SystemCalls

/// TCP on this host alone.
enum Loopback {
  /// A port that nobody listens on now.
  static func freePort(on address: String = "127.0.0.1") throws -> UInt16 {
    let probe = try bound(to: address, port: 0)
    var name = sockaddr_in()
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let number = probe.number
    try retrying("getsockname") {
      withUnsafeMutablePointer(to: &name) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(number, $0, &length) }
      }
    }
    return UInt16(bigEndian: name.sin_port)
  }

  /// Whether a listener could have this address and port.
  static func isFree(_ address: String, port: UInt16) -> Bool {
    do {
      _ = try bound(to: address, port: port)
      return true
    } catch {
      return false
    }
  }

  static func isListening(_ address: String, port: UInt16) throws -> Bool {
    let socket = try stream()
    let number = socket.number
    return with(address, port) { Glibc.connect(number, $0, $1) } == 0
  }

  /// A blocking connection.
  static func connect(to address: String, port: UInt16) throws -> Descriptor {
    let socket = try stream()
    let number = socket.number
    try retrying("connect") { with(address, port) { Glibc.connect(number, $0, $1) } }
    return socket
  }

  private static func stream() throws -> Descriptor {
    let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    return Descriptor(owning: try retrying("socket") { socket(AF_INET, type, 0) })
  }

  private static func bound(to address: String, port: UInt16) throws -> Descriptor {
    let socket = try stream()
    let number = socket.number
    try retrying("bind") { with(address, port) { bind(number, $0, $1) } }
    return socket
  }

  private static func with(
    _ address: String, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = port.bigEndian
    name.sin_addr.s_addr = inet_addr(address)
    return withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }
}
