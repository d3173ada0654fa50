import MailTypes

/// The beginning of a rule in a cidr:, regexp: or pcre: table.
enum RuleLine {
  /// What kind of rule a line is, and what comes after the word that says so.
  enum Start: Equatable {
    case rule(ArraySlice<UInt8>)
    case beginIf(ArraySlice<UInt8>)
    case endIf(ArraySlice<UInt8>)
  }

  static func start(_ text: ArraySlice<UInt8>) -> Start {
    if let rest = after("if", in: text) { return .beginIf(rest) }
    if let rest = after("endif", in: text) { return .endIf(rest) }
    return .rule(text)
  }

  /// Takes the `!`s and blanks from the front; an odd number of `!` negates.
  static func negation(_ text: inout ArraySlice<UInt8>) -> Bool {
    var isNegated = false
    while let byte = text.first, byte == UInt8(ascii: "!") || ListWords.isBlank(byte) {
      if byte == UInt8(ascii: "!") { isNegated.toggle() }
      text.removeFirst()
    }
    return isNegated
  }

  private static func after(_ word: String, in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard text.prefix(word.utf8.count).lowercasedASCII.elementsEqual(word.utf8) else { return nil }
    let rest = text.dropFirst(word.utf8.count)
    guard let next = rest.first else { return rest }
    return isAlphanumeric(next) ? nil : rest
  }

  static func isAlphanumeric(_ byte: UInt8) -> Bool {
    byte.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
  }
}
