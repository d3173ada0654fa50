/// Bytes, eight at a time.
extension Span<UInt8> {
  /// Eight bytes, the first one the lowest.
  func word(at offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The first LF at `start` or behind it, and before `end`.
  func firstLineFeed(from start: Int, to end: Int) -> Int? {
    var index = start
    while index + 8 <= end {
      // A byte that is LF becomes zero, and the lowest zero byte is the one whose high bit is set first.
      let word = self.word(at: index) ^ 0x0A0A_0A0A_0A0A_0A0A
      let zeros = (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
      if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
      index += 8
    }
    while index < end {
      if self[index] == UInt8(ascii: "\n") { return index }
      index += 1
    }
    return nil
  }
}
