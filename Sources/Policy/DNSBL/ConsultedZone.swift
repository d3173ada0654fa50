package import MailTypes

/// A list in the DNS that some restriction consults.
package struct ConsultedZone: Hashable, Sendable {
  package let name: DomainName
  /// The name for people, without a key.
  package let shown: String
  /// In which ways it is consulted; at least one.
  private let uses: Set<Use>

  /// What a restriction makes of it.
  private struct Use: Hashable, Sendable {
    /// Which of its codes count.
    let filter: ZoneFilter
    /// Asked about addresses, and not about domains.
    let isOfAddresses: Bool
    /// What it lists is permitted, or weighs in its favour.
    let allows: Bool
  }

  init(_ zone: ListedZone, _ subject: ListedSubject, allows: Bool) {
    self.init(
      name: zone.name, shown: zone.shown,
      uses: [Use(filter: zone.filter, isOfAddresses: subject == .client, allows: allows)])
  }

  private init(name: DomainName, shown: String, uses: Set<Use>) {
    self.name = name
    self.shown = shown
    self.uses = uses
  }

  /// The same list, consulted in more ways.
  func joined(with other: ConsultedZone) -> ConsultedZone {
    ConsultedZone(name: name, shown: shown, uses: uses.union(other.uses))
  }

  /// It is asked about addresses.
  package var forAddresses: Bool { uses.contains(where: \.isOfAddresses) }

  /// It is asked about domains.
  package var forDomains: Bool { uses.contains { !$0.isOfAddresses } }

  /// What it lists is refused, or weighs against it.
  package var blocks: Bool { uses.contains { !$0.allows } }

  /// What it lists is permitted, or weighs in its favour.
  package var allows: Bool { uses.contains(where: \.allows) }

  /// Whether some restriction counts one of these codes.
  ///
  /// - Parameters:
  ///   - codes: as the list has answered.
  ///   - isAddress: whether it was asked about an address, and not about a domain.
  /// - Returns: no for what no filter lets through.
  package func counts(_ codes: [IPAddress], ofAddress isAddress: Bool) -> Bool {
    !counting(codes, isAddress).isEmpty
  }

  /// Whether some restriction counts one of these codes against who has it.
  package func blocks(_ codes: [IPAddress], ofAddress isAddress: Bool) -> Bool {
    counting(codes, isAddress).contains { !$0.allows }
  }

  private func counting(_ codes: [IPAddress], _ isAddress: Bool) -> Set<Use> {
    uses.filter { $0.isOfAddresses == isAddress && codes.contains(where: $0.filter.matches) }
  }
}
