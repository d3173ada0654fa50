import MailTypes

/// What Postfix takes for a host's name or address, and what not.
enum HostSyntax {
  /// Letters, digits, `_`, `-` and dots; labels of 1 to 63 that neither begin nor end with `-`; 255 in all; not only
  /// digits.
  static func isHostname(_ name: ArraySlice<UInt8>) -> Bool { isHostname(name, others: { _ in false }) }

  /// The same, but letters beyond ASCII count too: Postfix lets such a domain pass only from a client that asked for
  /// SMTPUTF8, and doesn't tell whether it did.
  static func isMailDomain(_ name: ArraySlice<UInt8>) -> Bool {
    guard String(validating: name, as: UTF8.self) != nil else { return false }
    return isHostname(name) { $0 >= 0x80 }
  }

  private static func isHostname(_ name: ArraySlice<UInt8>, others: (UInt8) -> Bool) -> Bool {
    guard !name.isEmpty, name.count <= 255 else { return false }
    var isNumeric = true
    for label in name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard (1...63).contains(label.count), label.first != UInt8(ascii: "-"), label.last != UInt8(ascii: "-")
      else { return false }
      for byte in label {
        if byte.isASCIIDigit { continue }
        isNumeric = false
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte.lowercasedASCII)
        guard isLetter || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || others(byte) else {
          return false
        }
      }
    }
    return !isNumeric
  }

  /// An address without brackets.
  static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
    text.contains(UInt8(ascii: ":")) ? IPAddress(text) != nil : isIPv4(text)
  }

  /// What an MX record may name for Postfix.
  static func isHostOrAddress(_ text: ArraySlice<UInt8>) -> Bool { isHostname(text) || isAddress(text) }

  static func isInBrackets(_ text: [UInt8]) -> Bool {
    text.first == UInt8(ascii: "[") && text.last == UInt8(ascii: "]")
  }

  /// `[address]` or `[IPv6:address]`.
  static func isLiteral(_ text: ArraySlice<UInt8>) -> Bool {
    guard let inner = literal(text) else { return false }
    let tag = "ipv6:".utf8
    guard inner.prefix(tag.count).lowercasedASCII.elementsEqual(tag) else { return isIPv4(inner) }
    let address = inner.dropFirst(tag.count)
    return address.contains(UInt8(ascii: ":")) && IPAddress(address) != nil
  }

  /// What stands between the brackets; nil when there are none or nothing is between them.
  static func literal(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard text.count > 2, text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]") else { return nil }
    return text.dropFirst().dropLast()
  }

  /// The name without one dot at its end; two dots stay.
  static func withoutTrailingDot(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let dot = UInt8(ascii: ".")
    guard name.count > 1, name.last == dot, name[name.endIndex - 2] != dot else { return name }
    return name.dropLast()
  }

  /// Postfix allows leading zeros, which inet_pton refuses, and no network 0 but 0.0.0.0.
  private static func isIPv4(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return false }
    var values: [Int] = []
    for part in parts {
      guard !part.isEmpty, part.count <= 255, part.allSatisfy(\.isASCIIDigit) else { return false }
      let value = part.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), 256) }
      guard value <= 255 else { return false }
      values.append(value)
    }
    return values[0] != 0 || values.allSatisfy { $0 == 0 }
  }
}
