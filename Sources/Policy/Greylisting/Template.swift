/// A text with `%x` in it, as postgrey's templates have them: each is put in once, one after the other.
enum Template {
  /// Fills the first occurrence of each name, in the order given; what was put in before is searched too.
  static func fill(_ template: [UInt8], _ values: [(name: Character, value: [UInt8])]) -> [UInt8] {
    var text = template
    for (name, value) in values {
      guard let letter = name.asciiValue, let place = place(of: letter, in: text) else { continue }
      text.replaceSubrange(place...place + 1, with: value)
    }
    return text
  }

  /// By hand: `firstRange(of:)`, which can search for anything, took a quarter of a stranger's time.
  private static func place(of name: UInt8, in text: [UInt8]) -> Int? {
    text.indices.dropLast().first { text[$0] == UInt8(ascii: "%") && text[$0 + 1] == name }
  }
}
