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

  /// An answer about what has happened, told in the order of time: as much of the newest as there is room for.
  ///
  /// - Parameter events: newest first, each as the lines that belong together. Only the newest may be told in part,
  ///   when it is too long for an answer of its own.
  package init(newestFirst events: some Sequence<[ControlLine]>) {
    var newer: [OperatorAnswer] = []
    var size = 0
    for event in events {
      var told = OperatorAnswer()
      let isWhole = event.allSatisfy { told.add($0) }
      size += told.text.utf8.count
      let hasRoom = isWhole && size <= Self.longest
      if hasRoom || newer.isEmpty { newer.append(told) }
      // An older one that would fit would hide that one is missing.
      if !hasRoom { break }
    }
    for told in newer.reversed() {
      text += told.text
      count += told.count
    }
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
