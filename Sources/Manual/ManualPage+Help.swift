extension ManualPage {
  /// Columns of the text.
  private static let width = 80
  /// Where the meanings of terms begin.
  private static let column = 18

  /// What `--help` prints: how to call it, what it is, and its options; the page has the rest.
  package var help: String {
    let usage = synopsis.enumerated().map { index, call in (index == 0 ? "usage: " : "       ") + call }
    let options = sections.filter { $0.title == "OPTIONS" || $0.title == "EXIT STATUS" }
    let lines =
      usage + ["", "\(name): \(summary)"]
      + options.flatMap { ["", $0.title] + $0.blocks.flatMap(Self.lines) }
      + ["", "\(name)(\(section)) tells more."]
    return lines.map { $0 + "\n" }.joined()
  }

  private static func lines(of block: Block) -> [String] {
    switch block {
    case .paragraph(let text): wrapped(text, indent: 2)
    case .literal(let lines): lines.map { "    \($0)" }
    case .terms(let terms): terms.flatMap(lines)
    }
  }

  private static func lines(of term: Term) -> [String] {
    let meaning = wrapped(term.meaning, indent: column)
    let name = "  \(term.name)"
    guard name.count < column, let first = meaning.first else { return [name] + meaning }
    return [name + first.dropFirst(name.count)] + meaning.dropFirst()
  }

  private static func wrapped(_ text: String, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(margin + word)
      }
    }
    return lines
  }
}
