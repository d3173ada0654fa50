import MailTypes
import Policy
package import Settings

/// Which lists in the DNS the listeners of a configuration ask.
package struct ConsultedZones {
  private let settings: Settings
  private let lists: RestrictionLists

  /// Reads the restriction lists, and neither files nor Postfix.
  package init(_ settings: Settings) {
    self.settings = settings
    // What can't be evaluated here is of no interest, and no fault.
    lists =
      RestrictionLists.read(
        policies: settings.policy.map { (ListName($0.name), $0.restrictions.texts) },
        named: settings.lists.map { (ListName($0.key), $0.value.texts) },
        dialect: .mainCf(shorthand: .recipient)
      ).lists
  }

  /// The zones that a listener's list, or one that it calls, asks: each once, in their order, by the names that may be
  /// shown.
  package func zones(of listener: PolicyListenerSettings) -> [String] {
    guard let list = lists.policies[ListName(listener.name)] else { return [] }
    var seen: Set<DomainName> = []
    return ListReach(list, in: lists).steps.flatMap { zones(askedBy: $0.restriction) }
      .filter { seen.insert($0).inserted }.map(shown)
  }

  private func zones(askedBy restriction: Restriction) -> [DomainName] {
    switch DNSListCall(restriction) {
    case .zone(let zone): [zone]
    case .weighted(let name): settings.dnsbl[name]?.zones.map(\.zone) ?? []
    case nil: []
    }
  }

  private func shown(_ zone: DomainName) -> String {
    settings.dns.zones[zone.description]?.shownAs ?? zone.description
  }
}
