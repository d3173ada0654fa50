/// A name as a client sent it: at most 256 bytes, any byte but NUL, not necessarily UTF-8.
///
/// Logins, realms and service names travel as counted strings (saslauthd's wire format); the bytes reach
/// a mechanism unchanged.
package struct CountedString: Hashable, Sendable {
  /// saslauthd's MAX_REQ_LEN.
  package static let longest = 256
  package static let empty = CountedString(unchecked: [])

  package let bytes: [UInt8]

  private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

  /// Nil when a byte is NUL or there are more than 256 of them.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count <= Self.longest, !bytes.contains(0) else { return nil }
    self.bytes = bytes
  }

  /// The UTF-8 bytes of `text`, under the same rules.
  package init?(_ text: String) { self.init(Array(text.utf8)) }

  package var isEmpty: Bool { bytes.isEmpty }

  /// For logs and messages, where ill-formed UTF-8 becomes U+FFFD; not for comparison.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Calls `body` with the bytes and a NUL after them.
  package func withCString<Result, Failure: Error>(
    _ body: (UnsafePointer<CChar>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let terminated = bytes.map(CChar.init(bitPattern:)) + [0]
    return try terminated.withUnsafeBufferPointer { buffer throws(Failure) in
      guard let base = buffer.baseAddress else { preconditionFailure("it holds the NUL at least") }
      return try body(base)
    }
  }
}
