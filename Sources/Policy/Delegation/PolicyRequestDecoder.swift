/// Finds one request after the other in what a connection has received.
///
/// A request is lines `name=value` and an empty line. Lines end with LF; a CR before it belongs to the line's end,
/// as postgrey has it. No byte is searched twice for a line's end, however small the pieces are in which they come.
package struct PolicyRequestDecoder: Sendable {
  /// The longest request with its empty line, bytes; Postfix's are below 8 KiB.
  package static let longest = 65536

  private var lines = PolicyLines()
  private var lineStart = 0
  /// Up to here there is no line's end that hasn't been taken.
  private var searched = 0

  package init() {}

  /// What the bytes that wait are.
  package enum Reading: Equatable, Sendable {
    /// A request, and how many bytes it takes from the front.
    case whole(PolicyRequest, length: Int)
    /// The beginning of one: come again with these bytes and more.
    case incomplete
    /// Can't become one: the connection is closed without an answer, and Postfix says 451.
    case malformed(Fault)
  }

  /// Why bytes are no request.
  package enum Fault: Equatable, Sendable {
    case tooLong
    /// `request` is something else than `smtpd_access_policy`, or missing: then it is empty. At most 100 bytes.
    case unknownRequest([UInt8])
  }

  /// Reads what waits.
  ///
  /// - Parameter bytes: everything that was received and not yet taken, the same beginning as the last time when that
  ///   was incomplete.
  /// - Returns: the first request in it.
  package mutating func read(_ bytes: Span<UInt8>) -> Reading {
    let end = min(bytes.count, Self.longest)
    let names = PolicyAttribute.names
    while let lineEnd = bytes.firstLineFeed(from: searched, to: end) {
      searched = lineEnd + 1
      if endLine(at: lineEnd, in: bytes, names: names) { return finish(bytes) }
    }
    searched = end
    return bytes.count < Self.longest ? .incomplete : malformed(.tooLong)
  }

  /// Whether the line that ends here is the empty one.
  private mutating func endLine(at lineEnd: Int, in bytes: Span<UInt8>, names: [AttributeName]) -> Bool {
    let hasReturn = lineEnd > lineStart && bytes[lineEnd - 1] == UInt8(ascii: "\r")
    let line = lineStart..<(hasReturn ? lineEnd - 1 : lineEnd)
    if line.isEmpty { return true }
    lines.take(line, in: bytes, names: names)
    lineStart = searched
    return false
  }

  private mutating func finish(_ bytes: Span<UInt8>) -> Reading {
    let length = searched
    let request = PolicyRequest(frame: Self.copy(bytes.extracting(first: length)), lines: lines)
    let kind = request[.request] ?? []
    guard kind.elementsEqual("smtpd_access_policy".utf8) else {
      return malformed(.unknownRequest(Array(kind.prefix(100))))
    }
    self = PolicyRequestDecoder()
    return .whole(request, length: length)
  }

  private mutating func malformed(_ fault: Fault) -> Reading {
    self = PolicyRequestDecoder()
    return .malformed(fault)
  }

  /// One memcpy instead of a loop with checks: every byte of every request goes through here.
  private static func copy(_ bytes: Span<UInt8>) -> [UInt8] {
    unsafe bytes.withUnsafeBufferPointer { buffer in unsafe Array(buffer) }
  }
}
