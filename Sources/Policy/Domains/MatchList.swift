package import MailTypes

/// A list of main.cf that names domains, hosts or networks: `mydestination`, `relay_domains`, `mynetworks`.
///
/// The first pattern that matches decides; `!` negates one.
package struct MatchList: Sendable, Equatable {
  private let entries: [Entry]

  struct Entry: Sendable, Equatable {
    let isNegated: Bool
    let pattern: Pattern
  }

  enum Pattern: Sendable, Equatable {
    /// In small letters.
    case text([UInt8])
    case network(IPNetwork)
    case table(TableName)
  }

  /// What its patterns are compared with.
  package enum Kind: Sendable {
    case names
    /// Names and addresses: networks are read as such.
    case hosts
  }

  /// The list that matches nothing.
  package init() { entries = [] }

  private init(_ entries: [Entry]) { self.entries = entries }

  /// Reads a list as main.cf writes it.
  ///
  /// - Parameters:
  ///   - text: patterns, separated by commas and blanks.
  ///   - kind: what it is compared with.
  ///   - files: the contents of the files that it includes, by their absolute paths; see `files(in:)`.
  /// - Returns: what could be read, and every fault.
  package static func read(
    _ text: String, kind: Kind, files: [String: [UInt8]] = [:]
  ) -> (list: MatchList, faults: [MatchListFault]) {
    var reader = MatchListReader(kind: kind, files: files)
    reader.read(text, isNegated: false, depth: 0)
    return (MatchList(reader.entries), reader.faults)
  }

  /// The files that a list includes; those that these include in turn show when they are given.
  package static func files(in text: String) -> [String] {
    ListWords.split(text).map { $0.drop { $0 == "!" } }.filter { $0.hasPrefix("/") }.map(String.init)
  }

  package var isEmpty: Bool { entries.isEmpty }

  package var tables: Set<TableName> {
    Set(entries.compactMap { if case .table(let name) = $0.pattern { name } else { nil } })
  }

  /// Whether a name is in the list.
  package enum Answer: Equatable, Sendable {
    case yes
    case no
    /// A table that isn't there, or couldn't answer.
    case failed(TableName)
  }

  /// Whether `name`, in small letters, is one of the list's, with no regard to parents: `mydestination`.
  package func contains(name: [UInt8], tables: TableSet) -> Answer {
    first { pattern in
      switch pattern {
      case .text(let text): text == name ? .yes : .no
      case .network: .no
      case .table(let table): tables.contains(name, in: table)
      }
    }
  }

  /// Whether `name`, in small letters, or a parent of it is in the list: `relay_domains`.
  package func contains(domain name: [UInt8], parents: ParentStyle, tables: TableSet) -> Answer {
    first { Self.match($0, domain: name, parents: parents, tables: tables) }
  }

  /// Whether a host is in the list, by name or address: `mynetworks`.
  ///
  /// - Parameters:
  ///   - name: in small letters, `unknown` too.
  ///   - address: nil when it isn't known.
  ///   - parents: whether subdomains count.
  ///   - tables: those that the list may name.
  /// - Returns: what the first pattern that matches says.
  package func contains(
    host name: [UInt8], address: IPAddress?, parents: ParentStyle, tables: TableSet
  ) -> Answer {
    first { pattern in
      if case .network(let network) = pattern {
        guard let address, network.contains(address) else { return .no }
        return .yes
      }
      let byName = Self.match(pattern, domain: name, parents: parents, tables: tables)
      guard case .table(let table) = pattern, byName == .no, let address else { return byName }
      return tables.contains(Array(address.description.utf8), in: table)
    }
  }

  /// Whether every address of `network` is surely in the list.
  func covers(_ network: IPNetwork) -> Bool {
    for entry in entries {
      if entry.isNegated { return false }
      if case .table = entry.pattern { return false }
      if case .network(let own) = entry.pattern, own.prefix <= network.prefix,
        own.address.width == network.address.width, own.contains(network.address)
      {
        return true
      }
    }
    return false
  }

  /// Whether every subdomain of `domain`, which is in small letters, is surely in the list.
  func coversSubdomains(of domain: [UInt8], parents: ParentStyle) -> Bool {
    for entry in entries {
      if entry.isNegated { return false }
      guard case .text(let text) = entry.pattern else { continue }
      switch parents {
      case .parent:
        if text == domain || domain.ends(with: [UInt8(ascii: ".")] + text) { return true }
      case .dotParent:
        if text.first == UInt8(ascii: "."), ([UInt8(ascii: ".")] + domain).ends(with: text) { return true }
      }
    }
    return false
  }

  private func first(_ match: (Pattern) -> Answer) -> Answer {
    for entry in entries {
      switch match(entry.pattern) {
      case .yes: return entry.isNegated ? .no : .yes
      case .no: continue
      case .failed(let table): return .failed(table)
      }
    }
    return .no
  }

  private static func match(
    _ pattern: Pattern, domain name: [UInt8], parents: ParentStyle, tables: TableSet
  ) -> Answer {
    switch pattern {
    case .network: return .no
    case .text(let text):
      if text == name { return .yes }
      switch parents {
      case .parent: return name.ends(with: [UInt8(ascii: ".")] + text) ? .yes : .no
      case .dotParent:
        return text.first == UInt8(ascii: ".") && name.count > text.count && name.ends(with: text)
          ? .yes : .no
      }
    case .table(let table):
      for key in AccessKeys.domain(name, parents: parents) {
        let answer = tables.contains(key.bytes, in: table, isPartial: key.isPartial)
        if answer != .no { return answer }
      }
      return .no
    }
  }
}

extension Array where Element == UInt8 {
  func ends(with end: [UInt8]) -> Bool { count >= end.count && self[(count - end.count)...] == end[...] }
}
