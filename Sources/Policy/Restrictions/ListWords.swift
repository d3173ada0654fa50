/// The words of a list in main.cf: separated by commas and blanks, but for what stands in braces.
enum ListWords {
  /// Splits `text`; a word that begins with a brace keeps its braces.
  static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var depth = 0
    for byte in text.utf8 {
      if depth == 0, isSeparator(byte) {
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word = []
        continue
      }
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}"), depth > 0 { depth -= 1 }
      word.append(byte)
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  /// What stands between the braces that a word begins and ends with; nil when these aren't a pair.
  static func inBraces(_ word: some StringProtocol) -> String? {
    let bytes = Array(word.utf8)
    guard bytes.first == UInt8(ascii: "{") else { return nil }
    var depth = 0
    for (index, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: "}") { depth -= 1 }
      if depth == 0 {
        return index == bytes.count - 1 ? String(decoding: bytes[1..<index], as: UTF8.self) : nil
      }
    }
    return nil
  }

  static func isSeparator(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || isBlank(byte)
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
  }
}
