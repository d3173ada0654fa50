/// An address of a host, in host byte order.
///
/// Read as inet_pton reads: four decimal numbers without leading zeros, or RFC 4291's forms, without a zone
/// and without brackets. Printed as glibc's inet_ntop prints.
package enum IPAddress: Hashable, Sendable {
  case v4(UInt32)
  case v6(UInt128)

  /// Nil for what is no address, `unknown` among it.
  package init?(_ text: ArraySlice<UInt8>) {
    // The longest form is a whole IPv6 address that ends in four decimal numbers: 45 characters.
    guard text.count <= 45 else { return nil }
    if text.contains(UInt8(ascii: ":")) {
      guard let bits = Self.readV6(text) else { return nil }
      self = .v6(bits)
    } else {
      guard let bits = Self.readV4(text) else { return nil }
      self = .v4(bits)
    }
  }

  package init?(_ text: String) { self.init(Array(text.utf8)[...]) }

  /// The IPv4 address within a v4-mapped one (`::ffff:192.0.2.1`), else the address itself.
  package var unmapped: IPAddress {
    guard case .v6(let bits) = self, bits >> 32 == 0xFFFF else { return self }
    return .v4(UInt32(truncatingIfNeeded: bits))
  }

  /// How many bits it has: 32 or 128.
  package var width: Int {
    switch self {
    case .v4: 32
    case .v6: 128
    }
  }
}

// MARK: Reading

extension IPAddress {
  private static func readV4(_ text: ArraySlice<UInt8>) -> UInt32? {
    var bits: UInt32 = 0
    var part: UInt32?
    var parts = 1
    for byte in text {
      if byte == UInt8(ascii: ".") {
        guard let value = part, parts < 4 else { return nil }
        bits = bits << 8 | value
        part = nil
        parts += 1
      } else {
        // A part that is 0 takes no digit more: there are no leading zeros.
        guard byte.isASCIIDigit, part != 0 else { return nil }
        let value = (part ?? 0) * 10 + UInt32(byte - UInt8(ascii: "0"))
        guard value <= 255 else { return nil }
        part = value
      }
    }
    guard let value = part, parts == 4 else { return nil }
    return bits << 8 | value
  }

  private static func readV6(_ text: ArraySlice<UInt8>) -> UInt128? {
    guard let gap = doubleColon(in: text) else {
      guard let words = words(text), words.count == 8 else { return nil }
      return bits(words)
    }
    guard let head = words(text[..<gap], mayEndInV4: false), let tail = words(text[(gap + 2)...]),
      head.count + tail.count < 8
    else { return nil }
    return bits(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
  }

  private static func doubleColon(in text: ArraySlice<UInt8>) -> Int? {
    text.indices.dropLast().first { text[$0] == UInt8(ascii: ":") && text[$0 + 1] == UInt8(ascii: ":") }
  }

  /// The words between single colons; the last two may be written as an IPv4 address.
  private static func words(_ text: ArraySlice<UInt8>, mayEndInV4: Bool = true) -> [UInt16]? {
    if text.isEmpty { return [] }
    let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var words: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if mayEndInV4, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
        guard let tail = readV4(part) else { return nil }
        words += [UInt16(tail >> 16), UInt16(truncatingIfNeeded: tail)]
      } else {
        guard let word = word(part) else { return nil }
        words.append(word)
      }
    }
    return words
  }

  private static func word(_ text: ArraySlice<UInt8>) -> UInt16? {
    guard (1...4).contains(text.count) else { return nil }
    var word: UInt16 = 0
    for byte in text {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      word = word << 4 | UInt16(digit)
    }
    return word
  }

  private static func bits(_ words: [UInt16]) -> UInt128 { words.reduce(0) { $0 << 16 | UInt128($1) } }
}

// MARK: Printing

extension IPAddress: CustomStringConvertible {
  package var description: String {
    switch self {
    case .v4(let bits): Self.dotted(bits)
    case .v6(let bits): Self.compressed(bits)
    }
  }

  /// The eight words of an IPv6 address, the first one first; of an IPv4 address none.
  package var words: [UInt16] {
    guard case .v6(let bits) = self else { return [] }
    return (0..<8).map { UInt16(truncatingIfNeeded: bits >> (112 - 16 * $0)) }
  }

  private static func dotted(_ bits: UInt32) -> String {
    "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  private static func compressed(_ bits: UInt128) -> String {
    let words = IPAddress.v6(bits).words
    let gap = longestZeros(words)
    // glibc writes mapped and compatible addresses with their IPv4 part.
    if gap == 0..<6 || (gap == 0..<5 && words[5] == 0xFFFF) {
      return (gap == 0..<6 ? "::" : "::ffff:") + dotted(UInt32(truncatingIfNeeded: bits))
    }
    func hex(_ words: ArraySlice<UInt16>) -> String {
      words.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard let gap else { return hex(words[...]) }
    return hex(words[..<gap.lowerBound]) + "::" + hex(words[gap.upperBound...])
  }

  /// The first of the longest runs of two or more zeros.
  private static func longestZeros(_ words: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    while start < words.count {
      let end = words[start...].firstIndex { $0 != 0 } ?? words.count
      if end - start >= 2, end - start > longest?.count ?? 0 { longest = start..<end }
      start = end + 1
    }
    return longest
  }
}
