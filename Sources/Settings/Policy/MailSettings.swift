/// `[mail]`: what this host is responsible for.
package struct MailSettings: Equatable, Sendable {
  /// Postfix's configuration directory, which postconf is asked about; empty: never.
  package var fromPostfix = "/etc/postfix"
  /// What the file says, which goes before what Postfix says.
  package var given: [MailParameter: ConfiguredList] = [:]

  package init() {}
}

/// A parameter of main.cf that says what a host is responsible for.
package enum MailParameter: String, CaseIterable, Sendable {
  case mynetworks
  case mydestination
  case relayDomains = "relay_domains"
  case virtualAliasDomains = "virtual_alias_domains"
  case virtualMailboxDomains = "virtual_mailbox_domains"
  case myorigin
  case inetInterfaces = "inet_interfaces"
  case proxyInterfaces = "proxy_interfaces"
  case senderLoginMaps = "smtpd_sender_login_maps"
  case relayClientcerts = "relay_clientcerts"

  /// What it is for, in our words.
  var summary: String {
    switch self {
    case .mynetworks: "The clients that permit_mynetworks trusts: addresses, networks, tables, files."
    case .mydestination: "The domains whose mail is delivered on this host."
    case .relayDomains: "The domains, with their subdomains, that mail is relayed to by agreement."
    case .virtualAliasDomains: "The domains all of whose addresses are aliases."
    case .virtualMailboxDomains: "The domains that have virtual mailboxes."
    case .myorigin: "The domain of an address that has none."
    case .inetInterfaces:
      "The addresses that Postfix receives mail on; one in brackets is a destination of this host's."
    case .proxyInterfaces: "Further addresses of this host's, as a proxy in front of it has them."
    case .senderLoginMaps:
      "Tables that say who owns a sender address, for reject_sender_login_mismatch and its relatives."
    case .relayClientcerts: "Tables of the fingerprints that permit_tls_clientcerts lets relay."
    }
  }
}
