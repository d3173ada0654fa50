import CPCRE2
import Synchronization

extension PerlExpression {
  /// How many groups it has.
  package var groupCount: Int {
    var count: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    return Int(count)
  }

  /// Where the expression and its groups occur.
  package enum Groups: Equatable, Sendable {
    /// The whole match first; nil for a group that took no part in it.
    case matched([Range<Int>?])
    case unmatched
    case tooExpensive
  }

  /// As `match`, but says where.
  package func groups(in subject: [UInt8]) -> Groups {
    let count = groupCount
    return MatchSpace.shared.withLock { space in
      // The shared space has room for the whole match only.
      guard let data = pcre2_match_data_create_from_pattern_8(code, nil) else {
        preconditionFailure("no memory for a few hundred bytes")
      }
      defer { pcre2_match_data_free_8(data) }
      let result = pcre2_match_8(code, subject, subject.count, 0, 0, data, space.context)
      if result < 0 { return result == PCRE2_ERROR_NOMATCH ? .unmatched : .tooExpensive }
      guard let offsets = pcre2_get_ovector_pointer_8(data) else { return .unmatched }
      return .matched((0...count).map { Self.place(offsets[2 * $0], offsets[2 * $0 + 1]) })
    }
  }

  /// PCRE2_UNSET is -1 here, and \K can put the start behind the end.
  private static func place(_ start: Int, _ end: Int) -> Range<Int>? {
    start < 0 || start > end ? nil : start..<end
  }
}
