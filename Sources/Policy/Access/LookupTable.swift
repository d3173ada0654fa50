/// A table that was read: keys in, values out.
///
/// No file, no lock, no library is behind it any more.
package enum LookupTable: Sendable {
  case exact(ExactTable)
  case networks(NetworkTable)
  case expressions(ExpressionTable)

  /// Reads a file, or a table in braces.
  ///
  /// - Parameters:
  ///   - name: what it is.
  ///   - contents: the file's, or what `postmap -s` printed; not looked at for a table in braces.
  /// - Throws: the first line that isn't a rule, and why.
  package init(_ name: TableName, contents: [UInt8]) throws(TableFault) {
    switch name.type {
    case .inline: self = .exact(try ExactTable(inline: name.source))
    case .texthash: self = .exact(try ExactTable(text: contents))
    case .hash, .btree, .lmdb: self = .exact(try ExactTable(postmapOutput: contents))
    case .cidr: self = .networks(try NetworkTable(try Self.lines(name, contents)))
    case .pcre: self = .expressions(try ExpressionTable(try Self.lines(name, contents), language: .perl))
    case .regexp: self = .expressions(try ExpressionTable(try Self.lines(name, contents), language: .posix))
    }
  }

  /// What it says of a key.
  package enum Answer: Equatable, Sendable {
    case found([UInt8])
    case missing
    /// An expression would have taken too many steps, or might have.
    case failed
  }

  package subscript(_ key: [UInt8]) -> Answer {
    switch self {
    case .exact(let table): table[key]
    case .networks(let table): table[key]
    case .expressions(let table): table[key]
    }
  }

  /// Whether parent domains and parts of addresses are looked up too.
  package var takesPartialKeys: Bool {
    if case .exact = self { true } else { false }
  }

  package var rows: [TableRow] {
    switch self {
    case .exact(let table): table.rows
    case .networks(let table): table.rows
    case .expressions(let table): table.rows
    }
  }

  private static func lines(_ name: TableName, _ contents: [UInt8]) throws(TableFault) -> [TextLines.Line] {
    guard name.source.hasPrefix("{") else { return try TextLines.read(contents) }
    guard let inner = ListWords.inBraces(name.source) else { throw TableFault(line: 0, reason: .braces) }
    var lines: [TextLines.Line] = []
    for (index, word) in ListWords.split(inner).enumerated() {
      guard let rule = ListWords.inBraces(word) else { throw TableFault(line: index + 1, reason: .braces) }
      lines.append(TextLines.Line(number: index + 1, text: TextLines.trimmed(Array(rule.utf8)[...])))
    }
    return lines
  }
}
