import MailTypes

/// The lines of a script: without comments and blanks at their ends, those that end with `\` put together.
enum ScriptLines {
  /// A line and where it begins.
  struct Line: Equatable {
    let number: Int
    let text: [UInt8]
  }

  static func read(_ script: [UInt8]) -> [Line] {
    var lines: [Line] = []
    var open: Line?
    for (index, physical) in script.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    {
      var text = trimmed(withoutComment(physical))
      let goesOn = text.last == UInt8(ascii: "\\")
      if goesOn { text = trimmed(text.dropLast()) }
      let whole =
        open.map { Line(number: $0.number, text: $0.text + [UInt8(ascii: " ")] + text) }
        ?? Line(number: index + 1, text: Array(text))
      open = goesOn ? whole : nil
      if !goesOn, !whole.text.isEmpty { lines.append(whole) }
    }
    if let open, !open.text.isEmpty { lines.append(open) }
    return lines
  }

  static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text.drop(while: ListWords.isBlank)
    while let last = text.last, ListWords.isBlank(last) { text = text.dropLast() }
    return text
  }

  /// A `#` begins a comment at the front of a line or after a blank, so that an address may have one.
  private static func withoutComment(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let start = line.indices.first { index in
      line[index] == UInt8(ascii: "#") && (index == line.startIndex || ListWords.isBlank(line[index - 1]))
    }
    return start.map { line[..<$0] } ?? line
  }
}
