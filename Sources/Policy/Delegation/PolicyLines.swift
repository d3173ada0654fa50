/// The lines of a request that have been read so far, as places in its bytes.
struct PolicyLines: Sendable {
  private(set) var known: [PolicyRequest.Place] = PolicyLines.noneKnown
  private(set) var unknown: [(name: Range<Int>, value: Range<Int>)] = []
  private(set) var stray: [Range<Int>] = []
  /// Postfix sends its attributes in one order: the one after the last is tried first.
  private var expected = 0

  private static let noneKnown = [PolicyRequest.Place](
    repeating: .missing, count: PolicyAttribute.allCases.count)

  /// Takes one line without its end.
  ///
  /// - Parameters:
  ///   - line: its place in `bytes`.
  ///   - equals: the place of its first `=`, if there is one.
  ///   - bytes: the request's, from its first on.
  mutating func take(_ line: Range<Int>, equals: Int?, in bytes: Span<UInt8>) {
    guard let equals, equals > line.lowerBound else { return stray.append(line) }
    let name = line.lowerBound..<equals
    let value = (equals + 1)..<line.upperBound
    if let index = index(of: name, in: bytes) {
      known[index] = PolicyRequest.Place(value)
      expected = index + 1
    } else {
      unknown.append((name, value))
    }
  }

  private func index(of name: Range<Int>, in bytes: Span<UInt8>) -> Int? {
    let names = PolicyAttribute.names
    if expected < names.count, Self.equal(names[expected], name, in: bytes) { return expected }
    return names.indices.first { Self.equal(names[$0], name, in: bytes) }
  }

  private static func equal(_ name: [UInt8], _ place: Range<Int>, in bytes: Span<UInt8>) -> Bool {
    guard name.count == place.count else { return false }
    for index in name.indices where name[index] != bytes[place.lowerBound + index] { return false }
    return true
  }
}
