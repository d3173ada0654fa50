/// What the name of a zone is: labels of letters, digits, hyphens and underscores.
enum ZoneSyntax {
  static let says = "the name of a zone, such as \"zen.example\""

  /// The name in small letters and without the dot at its end; nil for what is none.
  static func parse(_ text: String) -> String? {
    let name = text.hasSuffix(".") ? text.dropLast() : text[...]
    // 253 characters are what fits into the 255 octets of RFC 1035's wire form.
    guard (1...253).contains(name.utf8.count) else { return nil }
    let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.allSatisfy({ (1...63).contains($0.count) && $0.allSatisfy(isOfLabel) }) else { return nil }
    return name.lowercased()
  }

  private static func isOfLabel(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
