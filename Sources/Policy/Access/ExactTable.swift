import MailTypes

/// A table whose keys are compared as they are, but for the case of letters.
package struct ExactTable: Sendable {
  private var values: [[UInt8]: (value: [UInt8], line: Int)] = [:]

  /// A text as `postmap` reads it: key, blanks, value.
  ///
  /// A key in double quotes may have blanks; of two values for a key the first one counts.
  package init(text: [UInt8]) throws(TableFault) {
    for line in try TextLines.read(text) {
      let keyEnd = Self.endOfKey(line.text)
      try insert(line.text[..<keyEnd], TextLines.trimmed(line.text[keyEnd...]), line: line.number)
    }
  }

  /// What `postmap -s` prints: key, TAB, value; blanks belong to the value.
  package init(postmapOutput text: [UInt8]) throws(TableFault) {
    for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated() where !line.isEmpty
    {
      let key = line.prefix { $0 != UInt8(ascii: "\t") }
      try insert(key, line.dropFirst(key.count + 1), line: index + 1)
    }
  }

  /// `{name=value, { name = value with blanks }}`; of two values for a name the last one counts.
  package init(inline source: String) throws(TableFault) {
    guard let inner = ListWords.inBraces(source) else { throw TableFault(line: 0, reason: .braces) }
    for (index, word) in ListWords.split(inner).enumerated() {
      let isInBraces = word.hasPrefix("{")
      guard let pair = isInBraces ? ListWords.inBraces(word) : word else {
        throw TableFault(line: index + 1, reason: .braces)
      }
      let bytes = Array(pair.utf8)
      guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")) else {
        throw TableFault(line: index + 1, reason: .notAPair(pair))
      }
      let key = TextLines.trimmed(bytes[..<equals])
      values[key.lowercasedASCII] = nil
      try insert(key, TextLines.trimmed(bytes[(equals + 1)...]), line: index + 1)
    }
  }

  subscript(_ key: [UInt8]) -> LookupTable.Answer {
    values[key.lowercasedASCII].map { .found($0.value) } ?? .missing
  }

  /// In the order of the file.
  var rows: [TableRow] {
    values.map { TableRow(line: $1.line, key: .exact($0), value: $1.value, hasReplacements: false) }
      .sorted { $0.line < $1.line }
  }

  private mutating func insert(
    _ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, line: Int
  ) throws(TableFault) {
    if key.isEmpty { throw TableFault(line: line, reason: .noKey) }
    if value.isEmpty { throw TableFault(line: line, reason: .noValue) }
    let folded = key.lowercasedASCII
    if values[folded] == nil { values[folded] = (Array(value), line) }
  }

  private static func endOfKey(_ line: ArraySlice<UInt8>) -> Int {
    var isQuoted = false
    var index = line.startIndex
    while index < line.endIndex {
      if line[index] == UInt8(ascii: "\\") {
        index += 1
      } else if line[index] == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if !isQuoted, ListWords.isBlank(line[index]) {
        return index
      }
      index += 1
    }
    return line.endIndex
  }
}
