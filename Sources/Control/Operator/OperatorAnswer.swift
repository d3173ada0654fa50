/// An answer of many lines, which stays within what a connection takes.
package struct OperatorAnswer: Sendable {
  /// The longest answer, bytes; the tool reads 64 KiB.
  package static let longest = 60 << 10

  package private(set) var text = ""
  /// How many lines it has.
  package private(set) var count = 0

  package init() {}

  /// Adds a line.
  ///
  /// - Returns: whether there was room for it.
  @discardableResult
  package mutating func add(_ line: ControlLine) -> Bool {
    let line = line.line
    guard text.utf8.count + line.utf8.count <= Self.longest else { return false }
    text += line
    count += 1
    return true
  }

  /// Reads the lines of an answer.
  ///
  /// - Throws: `ControlError.malformed` for what isn't one.
  package static func lines(of text: String) throws(ControlError) -> [ControlLine] {
    var lines: [ControlLine] = []
    for line in text.split(separator: "\n") {
      guard let line = ControlLine(line: line) else { throw .malformed }
      lines.append(line)
    }
    return lines
  }
}
