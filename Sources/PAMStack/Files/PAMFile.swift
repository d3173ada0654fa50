/// A service file, read as libpam 1.5 reads it.
struct PAMFile: Equatable, Sendable {
  /// A file of this size is no service file.
  static let largest = 1 << 16
  /// libpam's buffer for a line with its continuations.
  static let longestLine = 1023

  let lines: [PAMLine]
  /// Lines that libpam doesn't understand: for those it denies everything.
  let faults: [PAMFault]

  /// Reads `text`, the contents of the file at `path`.
  init(_ text: String, path: String) {
    var lines: [PAMLine] = []
    var faults: [PAMFault] = []
    for line in Self.joined(text) {
      do throws(PAMFault) {
        guard line.text.utf8.count <= Self.longestLine else {
          throw PAMFault("the line is longer than \(Self.longestLine) bytes", file: path, line: line.number)
        }
        let content = try Self.content(of: PAMToken.tokens(of: line.text), path: path, line: line.number)
        lines.append(PAMLine(number: line.number, content: content))
      } catch {
        faults.append(error)
      }
    }
    self.lines = lines
    self.faults = faults
  }

  /// The lines that say something: without comments, and with what a backslash at the end continues.
  private static func joined(_ text: String) -> [(number: Int, text: String)] {
    var lines: [(number: Int, text: String)] = []
    var begun: (number: Int, text: String)?
    let raw = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, whole) in raw.enumerated() {
      let line = trimmed(whole.prefix { $0 != "#" })
      guard !line.isEmpty else { continue }
      let continues = line.last == "\\"
      let start = begun ?? (index + 1, "")
      let joined = (start.number, start.text + (continues ? line.dropLast() + " " : line))
      begun = continues ? joined : nil
      if !continues { lines.append(joined) }
    }
    if let begun { lines.append(begun) }
    return lines
  }

  private static func trimmed(_ line: Substring) -> Substring {
    var line = line.drop(while: \.isWhitespace)
    while line.last?.isWhitespace == true { line.removeLast() }
    return line
  }

  private static func content(
    of tokens: [PAMToken], path: String, line: Int
  ) throws(PAMFault) -> PAMLine.Content {
    func fault(_ reason: String) -> PAMFault { PAMFault(reason, file: path, line: line) }
    guard let first = tokens.first?.text else { throw fault("nothing but a backslash") }
    if first.lowercased() == "@include" {
      guard tokens.count == 2 else { throw fault("@include takes one file") }
      return .includeEverything(tokens[1].text)
    }
    let mayBeMissing = first.hasPrefix("-")
    guard let phase = PAMPhase(rawValue: String(first.lowercased().drop { $0 == "-" })) else {
      throw fault("\(first) is none of auth, account, password, session")
    }
    guard tokens.count >= 3 else { throw fault("a line is TYPE CONTROL MODULE [ARGUMENTS]") }
    switch tokens[1].text.lowercased() {
    case "include": return .include(tokens[2].text, phase)
    case "substack": return .substack(tokens[2].text, phase)
    default:
      do {
        let control = try PAMControl(tokens[1])
        let module = PAMModuleLine(
          control: control, module: tokens[2].text, arguments: tokens.dropFirst(3).map(\.text),
          mayBeMissing: mayBeMissing)
        return .module(module, phase)
      } catch {
        throw fault(error.reason)
      }
    }
  }
}
