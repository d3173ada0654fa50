/// A word of a service file, or what stands between brackets, where blanks don't separate.
enum PAMToken: Equatable, Sendable {
  case word(String)
  case bracketed(String)

  var text: String {
    switch self {
    case .word(let text), .bracketed(let text): text
    }
  }

  /// The tokens of a line, where `\]` closes no bracket; one that isn't closed reaches to the end.
  static func tokens(of line: String) -> [PAMToken] {
    var tokens: [PAMToken] = []
    var rest = line[...].drop(while: \.isWhitespace)
    while let first = rest.first {
      tokens.append(first == "[" ? bracketed(from: &rest) : word(from: &rest))
      rest = rest.drop(while: \.isWhitespace)
    }
    return tokens
  }

  private static func word(from rest: inout Substring) -> PAMToken {
    let word = rest.prefix { !$0.isWhitespace }
    rest = rest.dropFirst(word.count)
    return .word(String(word))
  }

  private static func bracketed(from rest: inout Substring) -> PAMToken {
    rest.removeFirst()
    var text = ""
    while let character = rest.popFirst() {
      if character == "]" { break }
      if character == "\\", rest.first == "]" {
        rest.removeFirst()
        text.append("]")
      } else {
        text.append(character)
      }
    }
    return .bracketed(text)
  }
}
