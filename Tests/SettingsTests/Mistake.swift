import Testing

/// A file that can't be meant, and all that is said of it.
struct Mistake: CustomTestStringConvertible, Sendable {
  let text: String
  let says: [String]
  var testDescription: String { text }

  init(_ text: String, _ says: String...) {
    self.text = text
    self.says = says.map { "postern.toml:" + $0 }
  }
}
