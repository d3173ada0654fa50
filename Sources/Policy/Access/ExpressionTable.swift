import MailTypes

/// A `regexp:` or `pcre:` table: rules in the order of the file, the first one that matches the whole key wins.
package struct ExpressionTable: Sendable {
  private var blocks = RuleBlocks<Condition, Replacement>()
  private let language: TableExpression.Language

  /// An expression, and in `regexp:` perhaps a second one: `/this/!/that/`.
  struct Condition: Sendable {
    let first: TableExpression
    let second: TableExpression?

    func holds(_ key: [UInt8]) -> Bool? {
      guard let isSo = first.holds(key) else { return nil }
      guard isSo, let second else { return isSo }
      return second.holds(key)
    }
  }

  init(_ lines: [TextLines.Line], language: TableExpression.Language) throws(TableFault) {
    self.language = language
    for line in lines { try take(line) }
    try blocks.checkEnd()
  }

  subscript(_ key: [UInt8]) -> LookupTable.Answer {
    switch blocks.first(where: { $0.holds(key) }) {
    case .missing: .missing
    case .failed: .failed
    case .found(let condition, let replacement):
      .found(
        replacement.filled(with: replacement.highestGroup == 0 ? [] : condition.first.groups(in: key)))
    }
  }

  var rows: [TableRow] {
    blocks.rules.compactMap {
      guard case .match(_, let replacement, let line) = $0 else { return nil }
      let hasReplacements = replacement.highestGroup > 0
      return TableRow(
        line: line, key: .any, value: hasReplacements ? replacement.source : replacement.filled(with: []),
        hasReplacements: hasReplacements)
    }
  }

  private mutating func take(_ line: TextLines.Line) throws(TableFault) {
    switch RuleLine.start(line.text) {
    case .beginIf(let text):
      var rest = text.drop(while: ListWords.isBlank)
      let condition = Condition(first: try expression(&rest, line: line.number), second: nil)
      if !TextLines.trimmed(rest).isEmpty { throw TableFault(line: line.number, reason: .textAfter("if")) }
      blocks.beginIf(condition, line: line.number)
    case .endIf(let rest):
      if !TextLines.trimmed(rest).isEmpty { throw TableFault(line: line.number, reason: .textAfter("endif")) }
      try blocks.endIf(line: line.number)
    case .rule(let text): try takeRule(text, line: line.number)
    }
  }

  private mutating func takeRule(_ text: ArraySlice<UInt8>, line: Int) throws(TableFault) {
    var rest = text
    let first = try expression(&rest, line: line)
    var second: TableExpression?
    if language == .posix, rest.first == UInt8(ascii: "!") { second = try expression(&rest, line: line) }
    let value = TextLines.trimmed(rest)
    if value.isEmpty { throw TableFault(line: line, reason: .noValue) }
    let replacement: Replacement
    do throws(Replacement.Fault) {
      replacement = try Replacement(value)
    } catch {
      throw TableFault(line: line, reason: .replacement(error.text))
    }
    let highest = replacement.highestGroup
    if highest > (first.isNegated ? 0 : first.groupCount) {
      throw TableFault(line: line, reason: .replacement("$\(highest)"))
    }
    blocks.append(Condition(first: first, second: second), replacement, line: line)
  }

  /// Takes `/pattern/flags`, with any `!` before it, from the front; the delimiter is what comes first.
  private func expression(_ rest: inout ArraySlice<UInt8>, line: Int) throws(TableFault) -> TableExpression {
    let isNegated = RuleLine.negation(&rest)
    guard let delimiter = rest.popFirst(), !RuleLine.isAlphanumeric(delimiter) else {
      throw TableFault(line: line, reason: .noKey)
    }
    var end = rest.startIndex
    while end < rest.endIndex, rest[end] != delimiter {
      // A delimiter with a backslash before it belongs to the pattern.
      end += rest[end] == UInt8(ascii: "\\") && end + 1 < rest.endIndex ? 2 : 1
    }
    guard end < rest.endIndex else {
      let message = "no \(Character(UnicodeScalar(delimiter))) at the expression's end"
      throw TableFault(line: line, reason: .expression(message))
    }
    let pattern = rest[..<end]
    let flags = rest[(end + 1)...].prefix { !ListWords.isBlank($0) && $0 != UInt8(ascii: "!") }
    rest = rest[(end + 1 + flags.count)...]
    do throws(TableExpression.Fault) {
      return try TableExpression(pattern, flags: flags, isNegated: isNegated, language: language)
    } catch {
      throw TableFault(line: line, reason: .expression(error.message))
    }
  }
}
