package import MailTypes

/// A list in the DNS that some restriction consults.
package struct ConsultedZone: Hashable, Sendable {
  package let name: DomainName
  /// The name for people, without a key.
  package let shown: String
  /// It is asked about addresses.
  package let forAddresses: Bool
  /// It is asked about domains.
  package let forDomains: Bool
  /// What it lists is refused, or weighs against it.
  package let blocks: Bool
  /// What it lists is permitted, or weighs in its favour.
  package let allows: Bool

  /// The same list, consulted in two ways.
  func joined(with other: ConsultedZone) -> ConsultedZone {
    ConsultedZone(
      name: name, shown: shown, forAddresses: forAddresses || other.forAddresses,
      forDomains: forDomains || other.forDomains, blocks: blocks || other.blocks,
      allows: allows || other.allows)
  }
}

extension MailPolicy {
  /// All lists in the DNS that the restriction lists consult, each of them once.
  ///
  /// Not those that only a table's result names.
  package var zones: Set<ConsultedZone> {
    var zones: [DomainName: ConsultedZone] = [:]
    func add(_ zone: ConsultedZone) {
      zones[zone.name] = zones[zone.name].map { $0.joined(with: zone) } ?? zone
    }
    for list in Array(lists.policies.values) + Array(lists.named.values) {
      for restriction in list.restrictions { consulted(by: restriction).forEach(add) }
    }
    return Set(zones.values)
  }

  private func consulted(by restriction: Restriction) -> [ConsultedZone] {
    switch restriction {
    case .rejectListed(let subject, let zone): [Self.consulted(zone, subject, allows: false)]
    case .permitListed(let subject, let zone): [Self.consulted(zone, subject, allows: true)]
    case .checkDNSBL(let name):
      weightedLists[name]?.sites.map { Self.consulted($0.zone, .client, allows: $0.weight < 0) } ?? []
    default: []
    }
  }

  private static func consulted(_ zone: ListedZone, _ subject: ListedSubject, allows: Bool) -> ConsultedZone {
    ConsultedZone(
      name: zone.name, shown: zone.shown, forAddresses: subject == .client, forDomains: subject != .client,
      blocks: !allows, allows: allows)
  }
}
