/// The services of master.cf.
struct MasterFile {
  /// A service that runs smtpd.
  struct Server: Equatable {
    let name: String
    let type: String
    let line: Int
    /// Whether it sees the queue directory as its root.
    let isChrooted: Bool
    /// What it has instead of main.cf's: its `-o name=value`, as written.
    let parameters: [String: String]
  }

  /// The column of the command.
  private static let command = 7

  private let lines: PostfixLines

  /// Nil when there is no such file that can be read.
  init?(at path: String) {
    guard let lines = PostfixLines(at: path) else { return nil }
    self.lines = lines
  }

  /// The smtpd servers; those with a `-` in the column chroot are chrooted `byDefault`.
  func servers(chrootedByDefault byDefault: Bool) -> [Server] {
    lines.lines.compactMap { line in
      // service type private unpriv chroot wakeup maxproc command
      let columns = line.text.split(whereSeparator: \.isWhitespace)
      guard columns.count > Self.command, columns[Self.command] == "smtpd" else { return nil }
      return Server(
        name: String(columns[0]), type: String(columns[1]), line: line.number,
        isChrooted: columns[4] == "y" || (columns[4] == "-" && byDefault),
        parameters: Self.parameters(columns.dropFirst(Self.command + 1)))
    }
  }

  /// `-o name=value`, or with blanks `-o { name = value }`; the word may stand right behind `-o`, as getopt has it.
  private static func parameters(_ arguments: ArraySlice<Substring>) -> [String: String] {
    var parameters: [String: String] = [:]
    var rest = arguments
    while let option = rest.popFirst() {
      guard option.hasPrefix("-o") else { continue }
      let attached = option.dropFirst(2)
      guard let first = attached.isEmpty ? rest.popFirst() : attached else { continue }
      var text = String(first)
      while text.hasPrefix("{"), !text.hasSuffix("}"), let next = rest.popFirst() { text += " \(next)" }
      if text.hasPrefix("{"), text.hasSuffix("}") { text = String(text.dropFirst().dropLast()) }
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { parameters[PostfixLines.trimmed(parts[0])] = PostfixLines.trimmed(parts[1]) }
    }
    return parameters
  }
}
