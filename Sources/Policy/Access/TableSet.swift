import MailTypes

/// The tables that were read, by the name that lists have for them.
package struct TableSet: Sendable {
  private var tables: [TableName: LookupTable]

  package init(_ tables: [TableName: LookupTable] = [:]) { self.tables = tables }

  package subscript(_ name: TableName) -> LookupTable? {
    get { tables[name] }
    set { tables[name] = newValue }
  }

  /// What asking for keys one after the other comes to.
  enum Search: Equatable {
    case found(value: [UInt8], key: [UInt8])
    case missing
    /// The table isn't there, or couldn't answer.
    case failed
  }

  func search(_ keys: [AccessKeys.Key], in name: TableName) -> Search {
    guard let table = tables[name] else { return .failed }
    for key in keys where !key.isPartial || table.takesPartialKeys {
      switch table[key.bytes] {
      case .found(let value): return .found(value: value, key: key.bytes)
      case .missing: continue
      case .failed: return .failed
      }
    }
    return .missing
  }

  func contains(_ key: [UInt8], in name: TableName, isPartial: Bool = false) -> MatchList.Answer {
    switch search([AccessKeys.Key(bytes: key, isPartial: isPartial)], in: name) {
    case .found: .yes
    case .missing: .no
    case .failed: .failed(name)
    }
  }
}
