import CLinux
import Glibc

/// TCP sockets: where they are made.
package enum InternetSocket {
  /// More addresses than this of one name are not listened on.
  private static let mostAddresses = 16

  /// Why a host and port can't be listened on.
  package enum Failure: Error, Equatable, CustomStringConvertible {
    /// The resolver's own words.
    case unknownHost(String, reason: String)
    case system(SystemError)

    package var description: String {
      switch self {
      case .unknownHost(let host, let reason): "\(host): \(reason)"
      case .system(let error): error.description
      }
    }
  }

  /// Listening sockets, non-blocking and close-on-exec, one for each address of `host`.
  ///
  /// - Parameters:
  ///   - host: a name, an address without brackets, or `*` for all addresses of this host.
  ///   - port: the port.
  ///   - backlog: connections that may wait.
  /// - Returns: their numbers, which the caller owns; at least one.
  /// - Throws: also when one of the addresses can't be had.
  package static func listen(host: String, port: UInt16, backlog: Int32) throws(Failure) -> [Int32] {
    var numbers = [Int32](repeating: -1, count: mostAddresses)
    let count = clinux_listen_inet(host == "*" ? nil : host, port, backlog, &numbers, numbers.count)
    if count > 0 { return Array(numbers.prefix(Int(count))) }
    guard count < -1 else { throw .system(SystemError("listen on port \(port)")) }
    throw .unknownHost(host, reason: String(cString: gai_strerror(count + 1)))
  }
}
