/// A line of a question or an answer that may carry any bytes: `KIND NAME=NUMBER NAME:TEXT …`.
///
/// Texts are percent-encoded, so that neither a blank nor the end of a line comes from what strangers write.
package struct ControlLine: Equatable, Sendable {
  package enum Value: Equatable, Sendable {
    case number(Int64)
    case text([UInt8])
  }

  package struct Field: Equatable, Sendable {
    package let name: String
    package let value: Value

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  package let kind: String
  package var fields: [Field] = []

  package init(_ kind: String) { self.kind = kind }

  package mutating func add(_ name: String, _ number: Int64) { fields.append(Field(name, .number(number))) }

  package mutating func add(_ name: String, _ text: [UInt8]) { fields.append(Field(name, .text(text))) }

  /// Nil when there is no such number.
  package func number(_ name: String) -> Int64? {
    guard case .number(let number)? = value(name) else { return nil }
    return number
  }

  /// Nil when there is no such text.
  package func text(_ name: String) -> [UInt8]? {
    guard case .text(let text)? = value(name) else { return nil }
    return text
  }

  private func value(_ name: String) -> Value? { fields.first { $0.name == name }?.value }

  /// With its end.
  package var line: String {
    ([kind]
      + fields.map { field in
        switch field.value {
        case .number(let number): "\(field.name)=\(number)"
        case .text(let text): "\(field.name):\(PercentText.encode(text))"
        }
      }).joined(separator: " ") + "\n"
  }

  /// Reads a line without its end.
  ///
  /// - Returns: nil for what isn't one, a name that comes twice among it.
  package init?(line: some StringProtocol) {
    var words = line.split(separator: " ", omittingEmptySubsequences: false)[...]
    guard let kind = words.popFirst(), !kind.isEmpty else { return nil }
    self.kind = String(kind)
    for word in words {
      guard let field = Self.field(word), value(field.name) == nil else { return nil }
      fields.append(field)
    }
  }

  private static func field(_ word: some StringProtocol) -> Field? {
    guard let border = word.firstIndex(where: { $0 == "=" || $0 == ":" }), border > word.startIndex else {
      return nil
    }
    let name = String(word[..<border])
    let rest = word[word.index(after: border)...]
    if word[border] == ":" { return PercentText.decode(rest).map { Field(name, .text($0)) } }
    guard let number = Int64(rest), "\(number)" == rest else { return nil }
    return Field(name, .number(number))
  }
}
