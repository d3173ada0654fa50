import MailTypes
import Policy

/// Whether restriction lists ask the DNS for what it can still tell, and spare this host's own users.
struct ZoneCheck {
  /// Puts in front of what is wrong where it is: in which item of which list.
  typealias Place = (_ list: ListName, _ item: Int, _ reason: String) -> String

  let known: KnownZones
  let place: Place

  /// Of all `lists`, a finding for each zone that is asked in vain, and for each list that is in a bad order.
  func findings(in lists: RestrictionLists) -> [Finding] {
    let all = lists.policies.values.sorted { $0.name < $1.name }
    return (all + lists.named.values.sorted { $0.name < $1.name }).flatMap(asked)
      + all.compactMap { order(ListReach($0, in: lists)) }
  }

  private func asked(in list: RestrictionList) -> [Finding] {
    zip(list.steps, list.restrictions).compactMap { step, restriction in
      guard let zone = restriction.listedZone else { return nil }
      return finding(about: zone.name) { place(list.name, step.item, "\(restriction): \($0)") }
    }
  }

  /// Of results of the access tables, a finding for each zone that a table names and that is asked in vain.
  func findings(inResultsOf tables: TableSet, for policy: MailPolicy) -> [Finding] {
    policy.lists.tables.sorted { "\($0)" < "\($1)" }.flatMap { name -> [Finding] in
      guard let table = tables[name] else { return [] }
      let results = policy.results(of: table)
      // A table has as many rules as clients, and few zones.
      var seen: Set<DomainName> = []
      return zip(results.steps, results.restrictions).compactMap { step, restriction in
        guard let zone = restriction.listedZone, seen.insert(zone.name).inserted else {
          return nil
        }
        return finding(about: zone.name) { "\(name.place(ofLine: step.item)): \(restriction): \($0)" }
      }
    }
  }

  /// A warning about a zone that is known to be asked in vain.
  ///
  /// - Parameters:
  ///   - zone: as it is asked.
  ///   - placed: puts in front of what is wrong where it is.
  /// - Returns: nil when nothing is known.
  func finding(about zone: DomainName, _ placed: (String) -> String) -> Finding? {
    guard let known = known.known(of: zone) else { return nil }
    return .warning(placed(known.fate), mend: known.mend)
  }

  /// Whether `restriction` refuses a client for its address, whoever stands behind it.
  private static func refusesAddresses(_ restriction: Restriction) -> Bool {
    switch restriction {
    case .rejectListed(.client, _), .checkDNSBL: true
    default: false
    }
  }

  /// Home users have addresses that lists of such addresses hold.
  private func order(_ reach: ListReach) -> Finding? {
    guard
      let start = reach.steps.firstIndex(where: {
        !$0.isSoftened && Self.refusesAddresses($0.restriction)
      })
    else { return nil }
    let refusing = reach.steps[start]
    let late = [Restriction.permitMynetworks, .permitSASLAuthenticated].filter { permit in
      let places = reach.steps.indices.filter { reach.steps[$0].restriction == permit }
      return places.first.map { $0 > start } ?? false
    }
    guard !late.isEmpty else { return nil }
    let permits = late.map(\.description).joined(separator: " and ")
    let reason = """
      \(refusing.restriction) is asked before \(permits): it refuses your own users, too, where their address at home \
      is listed
      """
    return .warning(place(refusing.list, refusing.item, reason), mend: "put \(permits) before it")
  }
}

extension KnownZone {
  fileprivate var fate: String {
    let since = since.map { " (\($0))" } ?? ""
    switch state {
    case .shutDown: return "\(zone) is shut down\(since)"
    case .superseded: return "\(zone) is superseded\(since)"
    }
  }

  fileprivate var mend: String {
    instead.map { "ask \($0) instead" } ?? "remove it: it finds nobody, or one day everybody"
  }
}
