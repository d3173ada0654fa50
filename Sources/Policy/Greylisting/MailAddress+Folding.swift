import MailTypes

extension MailAddress {
  /// Appends the sender without what changes from mail to mail, so that the next try is known again.
  ///
  /// The local part, which here ends at the first `@`, loses its `+extension` and its BATV tag, and numbers in it
  /// become `#` (VERP). A sender without `@` stays as it is.
  func appendFolded(to key: inout [UInt8]) {
    guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else { return key.append(contentsOf: bytes) }
    let user = Self.withoutTag(bytes[..<at])
    Self.appendWithoutNumbers(user.prefix { $0 != UInt8(ascii: "+") }, to: &key)
    key.append(contentsOf: bytes[at...])
  }

  /// `prvs=TAG=USER`, and what some write as `prvs=USER=TAG`; in doubt the second.
  private static func withoutTag(_ user: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard user.starts(with: "prvs=".utf8) else { return user }
    var parts = user.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
    while parts.last?.isEmpty == true { parts.removeLast() }
    guard parts.count == 3 else { return user }
    return !isTag(parts[1]) && isTag(parts[2]) ? parts[1] : parts[2]
  }

  private static func isTag(_ part: ArraySlice<UInt8>) -> Bool {
    part.count >= 10
      && part.prefix(10).allSatisfy {
        $0.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
      }
  }

  /// Each run of digits that touches no letter and no `_` becomes `#`.
  private static func appendWithoutNumbers(_ user: ArraySlice<UInt8>, to key: inout [UInt8]) {
    var rest = user
    while let first = rest.first {
      let word = rest.prefix(while: isOfWord)
      rest = rest.dropFirst(max(word.count, 1))
      if word.isEmpty {
        key.append(first)
      } else if word.allSatisfy({ $0.isASCIIDigit }) {
        key.append(UInt8(ascii: "#"))
      } else {
        key.append(contentsOf: word)
      }
    }
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    byte.isASCIIDigit || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
  }
}
