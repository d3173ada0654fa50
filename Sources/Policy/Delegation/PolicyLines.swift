/// The lines of a request that have been read so far, as places in its bytes.
struct PolicyLines: Sendable {
  /// By the attribute's raw value.
  private(set) var known = InlineArray<32, PolicyRequest.Place>(repeating: .missing)
  private(set) var unknown: [(name: Range<Int>, value: Range<Int>)] = []
  private(set) var stray: [Range<Int>] = []
  /// Postfix sends its attributes in one order: the one after the last is tried first.
  private var expected = 0

  /// Takes one line without its end.
  ///
  /// - Parameters:
  ///   - line: its place in `bytes`.
  ///   - bytes: the request's, from its first on.
  ///   - names: those of the attributes, which the caller has at hand for all lines.
  mutating func take(_ line: Range<Int>, in bytes: Span<UInt8>, names: [AttributeName]) {
    if expected < names.count, names[expected].begins(line, in: bytes) {
      return note(expected, line, names[expected].length)
    }
    guard let index = names.indices.first(where: { names[$0].begins(line, in: bytes) }) else {
      return takeUnknown(line, in: bytes)
    }
    note(index, line, names[index].length)
  }

  private mutating func note(_ index: Int, _ line: Range<Int>, _ length: Int) {
    known[index] = PolicyRequest.Place(line.lowerBound + length..<line.upperBound)
    expected = index + 1
  }

  private mutating func takeUnknown(_ line: Range<Int>, in bytes: Span<UInt8>) {
    guard let equals = line.first(where: { bytes[$0] == UInt8(ascii: "=") }), equals > line.lowerBound
    else { return stray.append(line) }
    unknown.append((line.lowerBound..<equals, (equals + 1)..<line.upperBound))
  }
}
