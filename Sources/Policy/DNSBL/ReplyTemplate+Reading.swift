import MailTypes

extension ReplyTemplate {
  private static let dollar = UInt8(ascii: "$")
  private static let open = UInt8(ascii: "{")
  private static let close = UInt8(ascii: "}")

  /// The parts of a text; nil when it is broken.
  static func read(_ text: ArraySlice<UInt8>, depth: Int) -> [Part]? {
    guard depth < deepest else { return nil }
    var parts: [Part] = []
    var rest = text
    while let start = rest.firstIndex(of: dollar) {
      if start > rest.startIndex { parts.append(.text(Array(rest[..<start]))) }
      rest = rest[(start + 1)...]
      switch rest.first {
      case dollar:
        parts.append(.text([dollar]))
        rest = rest.dropFirst()
      case open:
        guard let (inner, after) = balanced(rest, open, close), let part = part(inner, depth) else {
          return nil
        }
        parts.append(part)
        rest = after
      case UInt8(ascii: "("):
        guard let (inner, after) = balanced(rest, UInt8(ascii: "("), UInt8(ascii: ")")),
          let part = part(inner, depth)
        else { return nil }
        parts.append(part)
        rest = after
      default:
        let name = rest.prefix(while: isOfName)
        if name.isEmpty { return nil }
        parts.append(.value(macro(name)))
        rest = rest[name.endIndex...]
      }
    }
    if !rest.isEmpty { parts.append(.text(Array(rest))) }
    return parts
  }

  /// What stands between the braces of a macro.
  private static func part(_ inner: ArraySlice<UInt8>, _ depth: Int) -> Part? {
    if inner.isEmpty { return nil }
    let start = inner.drop(while: ListWords.isBlank)
    let name = start.prefix(while: isOfName)
    let rest = start[name.endIndex...].drop(while: ListWords.isBlank)
    let macro = macro(name)
    switch rest.first {
    case nil: return .value(macro)
    case UInt8(ascii: "?"):
      guard let (filled, after) = operand(rest.dropFirst(), depth) else { return nil }
      if after.isEmpty { return .choice(macro, filled: filled, empty: []) }
      guard after.first == UInt8(ascii: ":"), let (empty, end) = operand(after.dropFirst(), depth),
        end.isEmpty
      else { return nil }
      return .choice(macro, filled: filled, empty: empty)
    case UInt8(ascii: ":"):
      guard let (empty, end) = operand(rest.dropFirst(), depth), end.isEmpty else { return nil }
      return .choice(macro, filled: [], empty: empty)
    default: return nil
    }
  }

  /// The text after a `?` or `:`, in braces of its own or all that is left; and what comes after its braces.
  private static func operand(
    _ text: ArraySlice<UInt8>, _ depth: Int
  ) -> (parts: [Part], rest: ArraySlice<UInt8>)? {
    let start = text.drop(while: ListWords.isBlank)
    guard start.first == open else { return read(text, depth: depth + 1).map { ($0, []) } }
    guard let (inner, after) = balanced(start, open, close), let parts = read(inner, depth: depth + 1) else {
      return nil
    }
    return (parts, after.drop(while: ListWords.isBlank))
  }

  /// What stands between a brace and the one that belongs to it, and what comes after that.
  private static func balanced(
    _ text: ArraySlice<UInt8>, _ open: UInt8, _ close: UInt8
  ) -> (inner: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
    var depth = 0
    for (index, byte) in zip(text.indices, text) {
      if byte == open { depth += 1 }
      if byte == close { depth -= 1 }
      if depth == 0 { return (text[(text.startIndex + 1)..<index], text[(index + 1)...]) }
    }
    return nil
  }

  private static func macro(_ name: ArraySlice<UInt8>) -> ReplyMacro? {
    ReplyMacro(rawValue: name.repairedText)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    byte.isASCIIDigit || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
  }
}
