package import MailTypes

/// All lists of a configuration: those that listeners have, and those that lists can call.
package struct RestrictionLists: Sendable {
  /// The listeners' own, by the listener's name.
  package let policies: [ListName: RestrictionList]
  /// What a list can call: Postfix's `smtpd_restriction_classes`.
  package let named: [ListName: RestrictionList]
  /// Reads what a table's result says.
  let resultParser: RestrictionParser

  /// A list as it stands in the configuration.
  package typealias Source = (name: ListName, items: [String])

  /// Reads all of them.
  ///
  /// - Parameters:
  ///   - policies: the listeners' own.
  ///   - named: those that lists can call.
  ///   - dialect: whose they are.
  ///   - tables: those that are known by a word of their own.
  ///   - weightedLists: what `check_dnsbl` may name.
  ///   - shownZones: what lists in the DNS are called in replies and logs, where somebody has chosen that.
  /// - Returns: what could be read, and every fault; with a fault the lists must not be used.
  package static func read(
    policies: [Source], named: [Source], dialect: RestrictionParser.Dialect = .own,
    tables: [String: TableName] = [:], weightedLists: Set<String> = [], shownZones: [DomainName: String] = [:]
  ) -> (lists: RestrictionLists, faults: [RestrictionFault]) {
    let names = Set(named.map(\.name))
    let parser = RestrictionParser(
      lists: names, dialect: dialect, tables: tables, weightedLists: weightedLists, shownZones: shownZones)
    var faults = named.filter { RestrictionKeyword.find($0.name.text) != nil }.map {
      RestrictionFault(list: $0.name, item: 0, reason: .shadowed)
    }
    func lists(_ sources: [Source]) -> [ListName: RestrictionList] {
      var lists: [ListName: RestrictionList] = [:]
      for source in sources {
        let reading = parser.read(source.items, list: source.name)
        faults += reading.faults
        lists[source.name] = RestrictionList(name: source.name, steps: reading.steps)
      }
      return lists
    }
    let result = RestrictionLists(
      policies: lists(policies), named: lists(named),
      resultParser: RestrictionParser(lists: names, weightedLists: weightedLists, shownZones: shownZones))
    return (result, faults + result.cycles())
  }

  /// Listeners' own and those that can be called, in no order.
  var all: [RestrictionList] { Array(policies.values) + Array(named.values) }

  /// The tables that its lists look up, in no order.
  package var tables: Set<TableName> {
    var tables: Set<TableName> = []
    for list in all {
      for restriction in list.restrictions {
        switch restriction {
        case .checkAccess(_, let table), .checkServers(_, let table): tables.insert(table)
        default: continue
        }
      }
    }
    return tables
  }

  /// One fault a circle, at the call that closes it.
  private func cycles() -> [RestrictionFault] {
    var faults: [RestrictionFault] = []
    var done: Set<ListName> = []
    func visit(_ name: ListName, path: [ListName]) {
      guard !done.contains(name), let list = named[name] else { return }
      for call in list.calls {
        if let start = (path + [name]).firstIndex(of: call.list) {
          let circle = Array((path + [name])[start...]) + [call.list]
          faults.append(RestrictionFault(list: name, item: call.item, reason: .cycle(circle)))
        } else {
          visit(call.list, path: path + [name])
        }
      }
      done.insert(name)
    }
    for name in named.keys.sorted() { visit(name, path: []) }
    return faults
  }
}
