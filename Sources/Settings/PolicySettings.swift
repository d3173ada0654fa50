/// One listener of the policy service: where Postfix's `check_policy_service` connects, and what is asked there.
package struct PolicyListenerSettings: Equatable, Sendable {
  /// The name in the log.
  package var name: String
  package var addresses: [ListenAddress]
  /// Permission bits of unix sockets.
  package var socketMode: UInt32 = 0o666
  /// Connections that may wait to be accepted.
  package var backlog: Int32 = 1024

  package init(name: String, addresses: [ListenAddress]) {
    self.name = name
    self.addresses = addresses
  }
}

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
}

/// How strangers are greylisted: postgrey's options, with its defaults.
package struct GreylistSettings: Equatable, Sendable {
  /// Seconds.
  package var delay: Int64 = 300
  /// Seconds.
  package var retryWindow: Int64 = 2 * 86_400
  /// Seconds.
  package var maxAge: Int64 = 35 * 86_400
  package var lookup = PostgreyInvocation.Lookup.subnet(v4: 24, v6: 64)
  /// 0: clients are never whitelisted by their successes.
  package var autoWhitelistClients: Int64 = 5
  package var action = "DEFER_IF_PERMIT"
  package var text = "Greylisted, see http://postgrey.schweikert.ch/help/%r.html"
  package var header = "X-Greylist: delayed %t seconds by postgrey-%v at %h; %d"
  /// What `%h` in the header becomes; nil: the host's own name.
  package var hostname: String?
  /// Keys are hashed.
  package var privacy = false
  package var clientWhitelists = PostgreyInvocation.WhitelistFiles.default("whitelist_clients")
  package var recipientWhitelists = PostgreyInvocation.WhitelistFiles.default("whitelist_recipients")
  /// A connection is closed after one answer.
  package var closesAfterAnswer = false

  package init() {}
}
