package import MailTypes
package import Settings

/// Where a name server listens, over UDP and TCP.
package struct ServerAddress: Hashable, Sendable, CustomStringConvertible {
  package static let usualPort: UInt16 = 53

  package let address: IPAddress
  package let port: UInt16

  package init(_ address: IPAddress, port: UInt16 = usualPort) {
    self.address = address
    self.port = port
  }

  /// Takes the text of a `[dns]` server: `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`.
  ///
  /// - Returns: nil for anything else, names and the port 0 among it.
  package init?(_ text: String) {
    guard let server = DNSServer(text) else { return nil }
    self.init(server)
  }

  /// Takes a server of `[dns]`; its address is one, or it would be none.
  package init?(_ server: DNSServer) {
    guard let address = IPAddress(server.address) else { return nil }
    self.init(address, port: server.port)
  }

  /// With its port, and with brackets around an IPv6 address: as it can be read again.
  package var description: String {
    address.width == 32 ? "\(address):\(port)" : "[\(address)]:\(port)"
  }
}
