/// What a listener or a list may be called: one word of a restriction list, of a log line and of systemd's.
enum ListNameSyntax {
  static let says = "a name of 1 to 64 letters, digits, - _ ."

  /// The name as it is; nil for what is none.
  static func parse(_ text: String) -> String? {
    (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(isOfName) ? text : nil
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
