/// What a service tells of itself: lines `name=value`.
package protocol StatusReport {
  init()
  /// The names on the wire and in `--json`, in the order shown.
  var fields: [(name: String, value: String)] { get }
  /// Takes one value; a name that it doesn't know is another release's and is skipped.
  mutating func take(_ name: Substring, value: Substring) throws(ControlError)
}

extension StatusReport {
  /// `name=value` lines.
  package var text: String { fields.map { "\($0.name)=\($0.value)\n" }.joined() }

  /// Reads the lines again.
  ///
  /// - Parameter text: a whole answer.
  /// - Throws: `ControlError.malformed` for a line without `=` or a number that is none.
  package init(text: String) throws(ControlError) {
    self.init()
    for line in text.split(separator: "\n") {
      guard let equals = line.firstIndex(of: "=") else { throw .malformed }
      try take(line[..<equals], value: line[line.index(after: equals)...])
    }
  }

  func number<Number: FixedWidthInteger>(_ value: Substring) throws(ControlError) -> Number {
    guard let number = Number(value) else { throw .malformed }
    return number
  }
}
