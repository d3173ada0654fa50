/// A text that Postfix can show in one line: never empty, valid UTF-8, no control characters, no blank at either end.
package struct ReplyText: Hashable, Sendable {
  /// Postfix cuts a reply at 510 bytes, in the middle of a character if need be; we cut between two.
  package static let longest = 510

  package let bytes: [UInt8]

  /// Mends `text`: ill-formed UTF-8 becomes U+FFFD, control characters become blanks, blanks at the ends go.
  ///
  /// - Returns: nil when nothing is left.
  package init?(_ text: some Sequence<UInt8>) {
    let blank = UInt8(ascii: " ")
    var kept: [UInt8] = []
    for scalar in String(decoding: Array(text), as: UTF8.self).unicodeScalars {
      let character = Unicode.UTF8.encode(Self.isControl(scalar) ? " " : scalar) ?? .init([blank])
      if kept.isEmpty, character.first == blank { continue }
      if kept.count + character.count > Self.longest { break }
      kept.append(contentsOf: character)
    }
    while kept.last == blank { kept.removeLast() }
    if kept.isEmpty { return nil }
    bytes = kept
  }

  package init?(_ text: String) { self.init(text.utf8) }

  /// C0, DEL and C1, and the two separators that end a line in Unicode.
  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: true
    default: false
    }
  }
}
