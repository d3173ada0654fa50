/// What Postfix asks: attributes with raw values, each of them optional.
///
/// A value has any bytes but LF and keeps them, trailing blanks and ill-formed UTF-8 included. Of an attribute that
/// is sent twice the last value counts, as in postgrey.
package struct PolicyRequest: Equatable, Sendable {
  /// Where a value stands in the frame: eight bytes, since every request has some thirty of them.
  struct Place: Equatable, Sendable {
    let start: UInt32
    let end: UInt32

    /// Of an attribute that wasn't sent; no value begins at the first byte of a frame.
    static let missing = Place(start: 0, end: 0)

    init(_ range: Range<Int>) { self.init(start: UInt32(range.lowerBound), end: UInt32(range.upperBound)) }

    private init(start: UInt32, end: UInt32) {
      self.start = start
      self.end = end
    }

    var range: Range<Int>? { end == 0 ? nil : Int(start)..<Int(end) }
  }

  /// All of it behind one reference: a request is handed on a dozen times on its way to its answer.
  private final class Content: Sendable {
    let frame: [UInt8]
    let lines: PolicyLines

    init(frame: [UInt8], lines: PolicyLines) {
      self.frame = frame
      self.lines = lines
    }
  }

  private let content: Content

  init(frame: [UInt8], lines: PolicyLines) { content = Content(frame: frame, lines: lines) }

  /// The attribute's raw value; nil when Postfix didn't send it.
  package subscript(_ attribute: PolicyAttribute) -> ArraySlice<UInt8>? {
    content.lines.known[attribute.rawValue].range.map { content.frame[$0] }
  }

  /// Attributes of a Postfix to come, in the order sent.
  package var unknown: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
    content.lines.unknown.map { (content.frame[$0.name], content.frame[$0.value]) }
  }

  /// Lines that are no `name=value`: passed over, as postgrey passes over what it calls garbage.
  package var strayLines: [ArraySlice<UInt8>] { content.lines.stray.map { content.frame[$0] } }

  /// As it came over the wire.
  var frame: [UInt8] { content.frame }

  /// How many bytes it has on the wire.
  package var length: Int { frame.count }

  /// The same bytes are the same request.
  package static func == (left: PolicyRequest, right: PolicyRequest) -> Bool {
    left.frame == right.frame
  }
}
