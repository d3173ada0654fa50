extension LogLine: CustomStringConvertible {
  /// Bytes that one value may take, and what is left of that in a line that would become too long.
  static let valueLimits = (usual: 256, crowded: 64)

  /// The line as text, as it stands on a terminal.
  package var description: String { String(decoding: text(namingFunction: false), as: UTF8.self) }

  /// The line as text, in at most `longest` bytes.
  ///
  /// A line that would be longer has its values cut first, so that no long value hides those after it.
  ///
  /// - Parameter namingFunction: whether it begins as in 2.1.28's syslog.
  /// - Returns: UTF-8, without a line break.
  func text(namingFunction: Bool) -> [UInt8] {
    let opening = opening(namingFunction: namingFunction)
    let usual = fields.flatMap { $0.text(limit: Self.valueLimits.usual) }
    if opening.count + usual.count <= Self.longest { return opening + usual }
    let end = Array(" …".utf8)
    var line = opening
    for field in fields {
      let piece = field.text(limit: Self.valueLimits.crowded)
      guard line.count + piece.count + end.count <= Self.longest else { return line + end }
      line += piece
    }
    return line
  }

  private func opening(namingFunction: Bool) -> [UInt8] {
    let escaped = Notation.words.escaped(Array(words.utf8), limit: wordsLimit)
    guard namingFunction else { return escaped }
    guard let function else { return Array(mark.utf8) + escaped }
    // The column that 2.1.28 pads its functions to.
    let padding = String(repeating: " ", count: max(0, 16 - function.utf8.count))
    return Notation.words.escaped(Array("\(function)\(padding): ".utf8), limit: 64) + escaped
  }
}

extension LogField {
  fileprivate func text(limit: Int) -> [UInt8] {
    let name = Array("\(key)=".utf8)
    if form == .bracketed {
      return Array(" [".utf8) + name + Notation.bracketed.escaped(value, limit: limit) + [UInt8(ascii: "]")]
    }
    let quoted = Notation.quoted.escaped(value, limit: limit)
    let isBare = quoted == value && !value.contains(UInt8(ascii: " "))
    let quote = isBare ? [] : [UInt8(ascii: "\"")]
    return [UInt8(ascii: " ")] + name + quote + quoted + quote
  }
}
