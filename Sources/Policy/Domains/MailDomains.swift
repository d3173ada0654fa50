package import MailTypes

/// What this host is responsible for: the values of main.cf with the same names.
package struct MailDomains: Sendable, Equatable {
  package var mynetworks = MatchList()
  package var mydestination = MatchList()
  package var relayDomains = MatchList()
  package var virtualAliasDomains = MatchList()
  package var virtualMailboxDomains = MatchList()
  /// The domain of an address without one; nil when nobody has told.
  package var myorigin: [UInt8]?
  /// The host's own: `inet_interfaces` and `proxy_interfaces`, for recipients such as `user@[192.0.2.1]`.
  package var ownAddresses: Set<IPAddress> = []
  /// Who owns a sender address; asked one after the other.
  package var senderLoginMaps: [TableName] = []
  /// `relay_clientcerts`: fingerprints of certificates that may relay.
  package var relayClientcerts: [TableName] = []

  package init() {}

  /// The tables that its lists name.
  package var tables: Set<TableName> {
    [mynetworks, mydestination, relayDomains, virtualAliasDomains, virtualMailboxDomains]
      .reduce(into: Set(senderLoginMaps + relayClientcerts)) { $0.formUnion($1.tables) }
  }
}
