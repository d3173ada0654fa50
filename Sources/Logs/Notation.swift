/// How bytes that nobody vouches for are written into a log line.
///
/// What comes out holds no control character, nothing invisible and nothing that turns the direction of the
/// text, and is well-formed UTF-8, whatever went in.
enum Notation {
  /// Between other words; only what is unprintable is escaped.
  case words
  /// Inside the square brackets of saslauthd's fields.
  case bracketed
  /// Inside double quotes.
  case quoted
  /// Inside a JSON string.
  case json

  /// Marks what was cut.
  private static let ellipsis = Array("…".utf8)

  /// The bytes as they are written, in no more than `limit` bytes.
  func escaped(_ bytes: [UInt8], limit: Int) -> [UInt8] {
    if bytes.count <= limit, bytes.allSatisfy({ isPlain($0) }) { return bytes }
    var result: [UInt8] = []
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = 0
    while true {
      let piece: [UInt8]
      switch parser.parseScalar(from: &iterator) {
      case .emptyInput: return result
      case .valid(let encoded):
        piece = written(Unicode.UTF8.decode(encoded))
        position += encoded.count
      case .error(let length):
        piece = illFormed(bytes[position..<position + length])
        position += length
      }
      guard result.count + piece.count + Self.ellipsis.count <= limit else { return result + Self.ellipsis }
      result += piece
    }
  }

  /// Printable ASCII without a meaning in this notation.
  private func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && !isSpecial(Unicode.Scalar(byte))
  }

  private func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .words: false
    case .bracketed: scalar == "[" || scalar == "]" || scalar == "\\"
    case .quoted, .json: scalar == "\"" || scalar == "\\"
    }
  }

  private func written(_ scalar: Unicode.Scalar) -> [UInt8] {
    let isSpecial = isSpecial(scalar)
    if !isSpecial, scalar.isPrintable { return Array(String(scalar).utf8) }
    return switch self {
    case .quoted where isSpecial, .json where isSpecial: Array("\\\(scalar)".utf8)
    case .json: UTF16.encode(scalar).map { $0.flatMap { Array("\\u".utf8) + hex($0, digits: 4) } } ?? []
    case .words, .bracketed, .quoted: illFormed(Array(String(scalar).utf8)[...])
    }
  }

  private func illFormed(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .json: Array("\\ufffd".utf8)
    case .words, .bracketed, .quoted: bytes.flatMap { Array("\\x".utf8) + hex($0, digits: 2) }
    }
  }

  private func hex(_ number: some BinaryInteger, digits: Int) -> [UInt8] {
    let text = String(number, radix: 16)
    return Array(repeating: UInt8(ascii: "0"), count: digits - text.utf8.count) + Array(text.utf8)
  }
}

extension Unicode.Scalar {
  /// Shows a mark of its own, or is the blank.
  fileprivate var isPrintable: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    case .spaceSeparator: self == " "
    default: true
    }
  }
}
