/// A 16-bit big-endian length and that many bytes: how saslauthd and our workers put strings on the wire.
package enum CountedField {
  /// Bytes that the length takes.
  package static let lengthBytes = 2

  /// Why a field can't be read.
  package enum Failure: Error, Equatable {
    /// The bytes end inside the field.
    case incomplete
    /// The length is above the limit; said as soon as the length is there.
    case tooLong(Int)
    case containsNUL
  }

  /// Reads the field at `offset` and moves `offset` behind it.
  ///
  /// - Parameters:
  ///   - bytes: what has arrived so far.
  ///   - offset: where the field begins; unchanged on failure.
  ///   - longest: the most bytes that the field may have.
  /// - Returns: where the field's bytes are.
  /// - Throws: `Failure`; NUL bytes are looked for only in a whole field.
  package static func range(
    in bytes: Span<UInt8>, at offset: inout Int, longest: Int
  ) throws(Failure) -> Range<Int> {
    let start = offset + lengthBytes
    guard start <= bytes.count else { throw .incomplete }
    let count = Int(bytes[offset]) << 8 | Int(bytes[offset + 1])
    guard count <= longest else { throw .tooLong(count) }
    let end = start + count
    guard end <= bytes.count else { throw .incomplete }
    for index in start..<end where bytes[index] == 0 { throw .containsNUL }
    offset = end
    return start..<end
  }

  /// Reads a name of at most 256 bytes, as `range(in:at:longest:)`.
  ///
  /// - Returns: a copy of the bytes.
  /// - Throws: `Failure`.
  package static func string(in bytes: Span<UInt8>, at offset: inout Int) throws(Failure) -> CountedString {
    let range = try range(in: bytes, at: &offset, longest: CountedString.longest)
    guard !range.isEmpty else { return .empty }
    guard let string = CountedString(range.map { bytes[$0] }) else { throw .containsNUL }
    return string
  }

  /// Puts the length of a field: its bytes come behind it.
  package static func appendLength(_ count: Int, to bytes: inout [UInt8]) {
    precondition(count <= Int(UInt16.max), "a counted field has a 16-bit length")
    bytes.append(UInt8(count >> 8))
    bytes.append(UInt8(count & 0xFF))
  }

  /// Puts a whole field.
  package static func append(_ string: CountedString, to bytes: inout [UInt8]) {
    appendLength(string.bytes.count, to: &bytes)
    bytes.append(contentsOf: string.bytes)
  }
}
