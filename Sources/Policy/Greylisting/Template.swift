/// A text with `%x` in it, as postgrey's templates have them: each is put in once, one after the other.
enum Template {
  /// Fills the first occurrence of each name, in the order given; what was put in before is searched too.
  static func fill(_ template: [UInt8], _ values: [(name: Character, value: [UInt8])]) -> [UInt8] {
    var text = template
    for (name, value) in values {
      let mark = Array("%\(name)".utf8)
      guard let place = text.firstRange(of: mark) else { continue }
      text.replaceSubrange(place, with: value)
    }
    return text
  }
}
