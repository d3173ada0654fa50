extension ManualPage {
  /// The page in mdoc(7).
  ///
  /// - Parameter date: when it was last changed, as mdoc shows it.
  /// - Returns: the whole file.
  package func mdoc(date: String) -> String {
    let head = [
      ".Dd \(date)",
      ".Dt \(name.uppercased()) \(section)",
      ".Os",
      ".Sh NAME",
      ".Nm \(name)",
      ".Nd \(Self.escaped(summary))",
      ".Sh SYNOPSIS",
      ".Bd -literal",
    ]
    let lines = head + synopsis.map(Self.line) + [".Ed"] + sections.flatMap(Self.lines)
    return lines.map { $0 + "\n" }.joined()
  }

  private static func lines(of section: Section) -> [String] {
    [".Sh \(escaped(section.title))"] + section.blocks.flatMap(lines)
  }

  private static func lines(of block: Block) -> [String] {
    switch block {
    case .paragraph(let text): [".Pp", line(text)]
    case .terms(let terms):
      [".Bl -tag -width Ds"] + terms.flatMap { [".It Sy \(quoted($0.name))", line($0.meaning)] } + [".El"]
    case .literal(let text): [".Bd -literal -offset indent"] + text.map(line) + [".Ed"]
    }
  }

  /// One line of text that roff can't take for a request.
  private static func line(_ text: String) -> String {
    let escaped = escaped(text)
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&\(escaped)" : escaped
  }

  /// One argument of a macro, none of whose words is taken for another macro.
  private static func quoted(_ text: String) -> String {
    "\"\(escaped(text).replacing("\"", with: "\\(dq"))\""
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("`", with: "\\(ga")
  }
}
