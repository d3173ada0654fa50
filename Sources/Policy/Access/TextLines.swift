import MailTypes

/// The logical lines of a table's file: without comments and empty lines, continued lines joined.
enum TextLines {
  /// A line, and where it begins, counted from 1.
  struct Line: Equatable {
    let number: Int
    let text: ArraySlice<UInt8>
  }

  /// Reads a file.
  ///
  /// - Throws: the place of a continuation without a line before it.
  static func read(_ file: [UInt8]) throws(TableFault) -> [Line] {
    var lines: [Line] = []
    for (index, physical) in file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      guard let first = physical.first(where: { !ListWords.isBlank($0) }), first != UInt8(ascii: "#") else {
        continue
      }
      if physical.first.map(ListWords.isBlank) == true {
        guard let last = lines.popLast() else { throw TableFault(line: index + 1, reason: .continuation) }
        lines.append(Line(number: last.number, text: last.text + physical))
      } else {
        lines.append(Line(number: index + 1, text: physical))
      }
    }
    return lines.map { Line(number: $0.number, text: trimmed($0.text)) }
  }

  static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop(while: ListWords.isBlank)
    while let last = text.last, ListWords.isBlank(last) { text.removeLast() }
    return text
  }
}
