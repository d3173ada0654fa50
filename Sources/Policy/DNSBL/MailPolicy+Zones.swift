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
    for list in Array(lists.policies.values) + Array(lists.named.values) + results {
      for restriction in list.restrictions { consulted(by: restriction).forEach(add) }
    }
    return Set(zones.values)
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
