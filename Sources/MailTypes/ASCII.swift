/// Bytes as mail software compares them: only ASCII letters have a case.
extension UInt8 {
  package var lowercasedASCII: UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
  }

  package var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}

extension Sequence<UInt8> {
  package var lowercasedASCII: [UInt8] { map(\.lowercasedASCII) }

  /// For messages to people, where ill-formed UTF-8 becomes U+FFFD; not for comparison.
  package var repairedText: String { String(decoding: Array(self), as: UTF8.self) }
}
