import MailTypes
import Policy
import PolicySetup
package import Settings

/// Which lists in the DNS the listeners of a configuration ask.
package struct ConsultedZones {
  private let policy: MailPolicy
  private var tables = TableSet()

  /// Reads the restriction lists, and the access tables that they look something up in.
  package init(_ settings: Settings) {
    // What can't be read is of no interest, and no fault.
    policy = PolicySetup.written(settings, source: .file(SettingsSource.defaultFile)).policy
    for name in policy.lists.tables {
      tables[name] = try? TableReader.read(name, postfix: settings.mail.fromPostfix)
    }
  }

  /// The zones that a listener's list asks, or one that it calls, or what a table's result names: each once, in their
  /// order, by the names that may be shown.
  package func zones(of listener: PolicyListenerSettings) -> [String] {
    guard let list = policy.lists.policies[ListName(listener.name)] else { return [] }
    var met: Set<TableName> = []
    var seen: Set<DomainName> = []
    return zones(askedBy: list, &met).filter { seen.insert($0.name).inserted }.map(\.shown)
  }

  /// A table that has been met already says nothing new, and its results may lead to itself.
  private func zones(askedBy list: RestrictionList, _ met: inout Set<TableName>) -> [ListedZone] {
    var zones: [ListedZone] = []
    for step in ListReach(list, in: policy.lists).steps {
      switch step.restriction {
      case .checkAccess(_, let name), .checkServers(_, let name):
        guard met.insert(name).inserted, let table = tables[name] else { continue }
        zones += self.zones(askedBy: policy.results(of: table), &met)
      default: zones += policy.listedZones(askedBy: step.restriction)
      }
    }
    return zones
  }
}
