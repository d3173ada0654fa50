package import MailTypes

/// A list in the DNS that some restriction asks, and what about.
package struct ConsultedZone: Hashable, Sendable {
  package let name: DomainName
  /// Whether it is asked about addresses of clients.
  package let forAddresses: Bool
  /// Whether it is asked about names of domains.
  package let forDomains: Bool
  /// Whether it counts against somebody to be listed there; false for lists of good clients.
  package let blocks: Bool

  package init(_ name: DomainName, forAddresses: Bool, forDomains: Bool, blocks: Bool = true) {
    self.name = name
    self.blocks = blocks
    self.forAddresses = forAddresses
    self.forDomains = forDomains
  }
}
