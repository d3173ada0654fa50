/// Reads what Berkeley DB's `db_dump` prints of a btree, piece by piece.
///
/// The format, as its manual has it: lines `NAME=VALUE` up to `HEADER=END`, among them `VERSION=3` and
/// `format=bytevalue`; then keys and values in turn, each a line of a blank and hexadecimal digits; then `DATA=END`.
package struct DatabaseDump: Sendable {
  /// The longest line that is read; longer ones are pairs that can't be used.
  ///
  /// postgrey cuts attributes to 512 bytes: a key has some 1,100 at most, and two digits a byte.
  package static let longestLine = 16_384

  /// A key with its value.
  package struct Pair: Equatable, Sendable {
    package let key: [UInt8]
    package let value: [UInt8]

    package init(key: [UInt8], value: [UInt8]) {
      self.key = key
      self.value = value
    }
  }

  /// Output that isn't a dump, or not all of one.
  package enum Fault: Error, Equatable, CustomStringConvertible, Sendable {
    /// Neither a header nor data.
    case unknownLine(number: Int)
    case unknownFormat
    case cut

    package var description: String {
      switch self {
      case .unknownLine(let number): "line \(number) is not db_dump's"
      case .unknownFormat: "not a dump of version 3 in hexadecimal digits"
      case .cut: "the dump ends early"
      }
    }
  }

  private enum Place: Equatable { case header, key, value, end }

  private var place = Place.header
  private var line: [UInt8] = []
  private var isTooLong = false
  private var number = 1
  private var hasVersion = false
  private var hasFormat = false
  /// Nil for one that can't be used.
  private var key: [UInt8]?
  /// Pairs that can't be used: too long, or no hexadecimal digits.
  package private(set) var malformed = 0

  package init() {}

  /// Reads on.
  ///
  /// - Parameter bytes: what follows the bytes before.
  /// - Returns: the pairs that are whole now.
  /// - Throws: when it is no dump.
  package mutating func read(_ bytes: some Sequence<UInt8>) throws(Fault) -> [Pair] {
    var pairs: [Pair] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        if let pair = try endLine() { pairs.append(pair) }
      } else if line.count < Self.longestLine {
        line.append(byte)
      } else {
        isTooLong = true
      }
    }
    return pairs
  }

  /// - Throws: when the last line of a dump hasn't come.
  package func finish() throws(Fault) { if place != .end { throw .cut } }

  private mutating func endLine() throws(Fault) -> Pair? {
    defer {
      line.removeAll(keepingCapacity: true)
      isTooLong = false
      number += 1
    }
    switch place {
    case .header:
      try readHeader()
      return nil
    case .key:
      if line.elementsEqual("DATA=END".utf8) {
        place = .end
      } else {
        key = try readData()
        place = .value
      }
      return nil
    case .value:
      let value = try readData()
      place = .key
      guard let key, let value else {
        malformed += 1
        return nil
      }
      return Pair(key: key, value: value)
    case .end: throw .unknownLine(number: number)
    }
  }

  private mutating func readHeader() throws(Fault) {
    guard line.contains(UInt8(ascii: "=")), !isTooLong else { throw .unknownLine(number: number) }
    if line.elementsEqual("VERSION=3".utf8) { hasVersion = true }
    if line.elementsEqual("format=bytevalue".utf8) { hasFormat = true }
    guard line.elementsEqual("HEADER=END".utf8) else { return }
    guard hasVersion, hasFormat else { throw .unknownFormat }
    place = .key
  }

  private func readData() throws(Fault) -> [UInt8]? {
    guard line.first == UInt8(ascii: " ") else { throw .unknownLine(number: number) }
    guard !isTooLong, line.count % 2 == 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count / 2)
    for place in stride(from: 1, to: line.count, by: 2) {
      guard let high = Self.digit(line[place]), let low = Self.digit(line[place + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
