/// A name with its `=`, as words, so that a line is compared with it eight bytes at a time.
struct AttributeName: Sendable {
  /// Bytes, with the `=`.
  let length: Int
  private var words = InlineArray<4, UInt64>(repeating: 0)
  /// Which bytes of the last word belong to it.
  private let lastMask: UInt64

  init(_ name: String) {
    let bytes = Array(name.utf8) + [UInt8(ascii: "=")]
    length = bytes.count
    for (index, byte) in bytes.enumerated() { words[index / 8] |= UInt64(byte) << (8 * (index % 8)) }
    lastMask = .max >> (8 * UInt64((8 - length % 8) % 8))
  }

  /// Whether a line begins with it.
  func begins(_ line: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard line.count >= length else { return false }
    let last = (length - 1) / 8
    // At the end of what has come there isn't a whole word to compare.
    guard line.lowerBound + 8 * (last + 1) <= bytes.count else { return begins(singly: line, in: bytes) }
    for index in 0..<last where bytes.word(at: line.lowerBound + 8 * index) != words[index] { return false }
    return bytes.word(at: line.lowerBound + 8 * last) & lastMask == words[last]
  }

  private func begins(singly line: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    (0..<length).allSatisfy {
      bytes[line.lowerBound + $0] == UInt8(truncatingIfNeeded: words[$0 / 8] >> (8 * ($0 % 8)))
    }
  }
}
