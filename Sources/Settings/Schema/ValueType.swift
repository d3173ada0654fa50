/// What a key takes: how the manual says it, how it is read, and how a default is written.
struct ValueType<Value: Equatable & Sendable>: Sendable {
  /// "a whole number from 1 to 256".
  let says: String
  let read: @Sendable (TOMLNode) throws(Misfits) -> Value
  /// The value in TOML.
  let write: @Sendable (Value) -> String
}

/// Why the values of one key don't fit.
struct Misfits: Error, Equatable {
  let all: [Misfit]

  init(_ all: [Misfit]) { self.all = all }

  init(_ reason: String, line: Int, suggestion: String? = nil) {
    all = [Misfit(reason: reason, line: line, suggestion: suggestion)]
  }
}

/// Why a value doesn't fit its key.
struct Misfit: Equatable {
  let reason: String
  let line: Int
  let suggestion: String?
}

extension ValueType {
  /// A type whose values are written as strings; `parse` gives nil for a string that is none of them.
  static func text(
    _ says: String, candidates: [String] = [], parse: @escaping @Sendable (String) -> Value?,
    write: @escaping @Sendable (Value) -> String
  ) -> ValueType {
    ValueType(says: says) { node throws(Misfits) in
      guard case .string(let text) = node.content else {
        throw Misfits("\(says) is expected, not \(node.kind)", line: node.line)
      }
      guard let value = parse(text) else {
        throw Misfits(
          "\(quoted(text)) is not \(says)", line: node.line,
          suggestion: Spelling.nearest(to: text, among: candidates))
      }
      return value
    } write: {
      quoted(write($0))
    }
  }
}

/// A string as TOML and messages have it.
func quoted(_ text: String) -> String {
  let escaped = text.unicodeScalars.map { scalar in
    switch scalar {
    case "\"", "\\": "\\\(scalar)"
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": "\\u{\(String(scalar.value, radix: 16))}"
    default: String(scalar)
    }
  }
  return "\"\(escaped.joined())\""
}
