/// Where a service listens, in Postfix's notation.
package enum ListenAddress: Hashable, Sendable, CustomStringConvertible {
  /// `unix:PATH`.
  case unix(path: String)
  /// `inet:HOST:PORT`; a name, an address without brackets, or `*` for all addresses.
  case inet(host: String, port: UInt16)

  package var description: String {
    switch self {
    case .unix(let path): path
    case .inet(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
  }

  /// As main.cf's `check_policy_service` names it.
  package var endpoint: String {
    switch self {
    case .unix: "unix:\(self)"
    case .inet: "inet:\(self)"
    }
  }
}
