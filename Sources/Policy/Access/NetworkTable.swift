import MailTypes

/// A `cidr:` table: networks in the order of the file, the first one that contains the address wins.
package struct NetworkTable: Sendable {
  private var blocks = RuleBlocks<Condition, [UInt8]>()

  struct Condition: Sendable {
    let network: IPNetwork
    let isNegated: Bool

    /// A rule says nothing about addresses of the other family, not even with `!`.
    func holds(_ address: IPAddress) -> Bool {
      network.address.width == address.width && network.contains(address) != isNegated
    }
  }

  init(_ lines: [TextLines.Line]) throws(TableFault) {
    for line in lines { try take(line) }
    try blocks.checkEnd()
  }

  /// Postfix's keys are names too: these match nothing.
  subscript(_ key: [UInt8]) -> LookupTable.Answer {
    guard let address = IPAddress(key[...]),
      case .found(_, let value) = blocks.first(where: { $0.holds(address) })
    else { return .missing }
    return .found(value)
  }

  var rows: [TableRow] {
    blocks.rules.compactMap {
      guard case .match(let condition, let value, let line) = $0 else { return nil }
      return TableRow(
        line: line, key: condition.isNegated ? .any : .network(condition.network), value: value,
        hasReplacements: false)
    }
  }

  private mutating func take(_ line: TextLines.Line) throws(TableFault) {
    switch RuleLine.start(line.text) {
    case .beginIf(let rest):
      let (condition, tail) = try Self.condition(rest, line: line.number)
      if !tail.isEmpty { throw TableFault(line: line.number, reason: .textAfter("if")) }
      blocks.beginIf(condition, line: line.number)
    case .endIf(let rest):
      if !TextLines.trimmed(rest).isEmpty { throw TableFault(line: line.number, reason: .textAfter("endif")) }
      try blocks.endIf(line: line.number)
    case .rule(let text):
      let (condition, value) = try Self.condition(text, line: line.number)
      if value.isEmpty { throw TableFault(line: line.number, reason: .noValue) }
      blocks.append(condition, Array(value), line: line.number)
    }
  }

  private static func condition(
    _ text: ArraySlice<UInt8>, line: Int
  ) throws(TableFault) -> (condition: Condition, rest: ArraySlice<UInt8>) {
    var rest = text
    let isNegated = RuleLine.negation(&rest)
    let pattern = rest.prefix { !ListWords.isBlank($0) }
    if pattern.isEmpty { throw TableFault(line: line, reason: .noKey) }
    let network: IPNetwork
    do throws(NetworkPattern.Fault) {
      network = try NetworkPattern.read(pattern)
    } catch {
      throw TableFault(line: line, reason: error.reason)
    }
    return (
      Condition(network: network, isNegated: isNegated), TextLines.trimmed(rest.dropFirst(pattern.count))
    )
  }
}
