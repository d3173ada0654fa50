/// What Postfix asks: attributes with raw values, each of them optional.
///
/// A value has any bytes but LF and keeps them, trailing blanks and ill-formed UTF-8 included. Of an attribute that
/// is sent twice the last value counts, as in postgrey.
package struct PolicyRequest: Equatable, Sendable {
  /// Where a value stands in the frame.
  typealias Place = Range<Int>

  let frame: [UInt8]
  /// By the attribute's raw value.
  let places: [Place?]
  let unknownPlaces: [(name: Place, value: Place)]
  let strayPlaces: [Place]

  init(frame: [UInt8], lines: PolicyLines) {
    self.frame = frame
    places = lines.known
    unknownPlaces = lines.unknown
    strayPlaces = lines.stray
  }

  /// The attribute's raw value; nil when Postfix didn't send it.
  package subscript(_ attribute: PolicyAttribute) -> ArraySlice<UInt8>? {
    places[attribute.rawValue].map { frame[$0] }
  }

  /// Attributes of a Postfix to come, in the order sent.
  package var unknown: [(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
    unknownPlaces.map { (frame[$0.name], frame[$0.value]) }
  }

  /// Lines that are no `name=value`: passed over, as postgrey passes over what it calls garbage.
  package var strayLines: [ArraySlice<UInt8>] { strayPlaces.map { frame[$0] } }

  /// How many bytes it has on the wire.
  package var length: Int { frame.count }

  /// The same bytes are the same request.
  package static func == (left: PolicyRequest, right: PolicyRequest) -> Bool { left.frame == right.frame }
}
