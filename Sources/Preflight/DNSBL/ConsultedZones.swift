import MailTypes
import Policy
import PolicySetup
package import Settings

/// Which lists in the DNS the listeners of a configuration ask.
package struct ConsultedZones {
  private let policy: MailPolicy

  /// Reads the restriction lists, and neither files nor Postfix.
  package init(_ settings: Settings) {
    // What can't be read is of no interest, and no fault.
    policy = PolicySetup.written(settings, source: .file(SettingsSource.defaultFile)).policy
  }

  /// The zones that a listener's list, or one that it calls, asks: each once, in their order, by the names that may be
  /// shown.
  package func zones(of listener: PolicyListenerSettings) -> [String] {
    guard let list = policy.lists.policies[ListName(listener.name)] else { return [] }
    var seen: Set<DomainName> = []
    return ListReach(list, in: policy.lists).steps.flatMap { zones(askedBy: $0.restriction) }
      .filter { seen.insert($0.name).inserted }.map(\.shown)
  }

  private func zones(askedBy restriction: Restriction) -> [ListedZone] {
    switch DNSListCall(restriction) {
    case .zone(let zone): [zone]
    case .weighted(let name): policy.weightedLists[name]?.sites.map(\.zone) ?? []
    case nil: []
    }
  }
}
