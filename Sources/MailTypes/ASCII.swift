/// Bytes as mail software compares them: only ASCII letters have a case.
extension UInt8 {
  @inlinable package var lowercasedASCII: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

  @inlinable package var isASCIIDigit: Bool { self &- 0x30 < 10 }
}

// Inlined into other modules: on the way of every policy request the generic form took 20 times as long.
extension Sequence<UInt8> {
  @inlinable package var lowercasedASCII: [UInt8] { map { $0.lowercasedASCII } }

  /// For messages to people, where ill-formed UTF-8 becomes U+FFFD; not for comparison.
  package var repairedText: String { String(decoding: Array(self), as: UTF8.self) }
}
