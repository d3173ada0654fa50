import MailTypes

extension MailPolicy {
  /// All lists in the DNS that restrictions consult: those of the restriction lists, and those that results of access
  /// tables name.
  ///
  /// - Parameter tables: as they are now; one that isn't there names nothing.
  /// - Returns: each list once.
  package func zones(with tables: TableSet) -> Set<ConsultedZone> {
    var zones: [DomainName: ConsultedZone] = [:]
    func add(_ zone: ConsultedZone) {
      zones[zone.name] = zones[zone.name].map { $0.joined(with: zone) } ?? zone
    }
    let results = lists.tables.compactMap { tables[$0] }.map(results)
    for list in lists.all + results {
      for restriction in list.restrictions { consulted(by: restriction).forEach(add) }
    }
    return Set(zones.values)
  }

  /// The lists in the DNS that a restriction asks, in the order written.
  package func listedZones(askedBy restriction: Restriction) -> [ListedZone] {
    if case .checkDNSBL(let name) = restriction { return weightedLists[name]?.sites.map(\.zone) ?? [] }
    return restriction.listedZone.map { [$0] } ?? []
  }

  private func consulted(by restriction: Restriction) -> [ConsultedZone] {
    switch restriction {
    case .rejectListed(let subject, let zone): [ConsultedZone(zone, subject, allows: false)]
    case .permitListed(let subject, let zone): [ConsultedZone(zone, subject, allows: true)]
    case .checkDNSBL(let name):
      weightedLists[name]?.sites.map { ConsultedZone($0.zone, .client, allows: $0.weight < 0) } ?? []
    default: []
    }
  }
}

extension Restriction {
  /// The one list in the DNS that it asks.
  package var listedZone: ListedZone? {
    switch self {
    case .rejectListed(_, let zone), .permitListed(_, let zone): zone
    default: nil
    }
  }
}
