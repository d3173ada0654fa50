/// An answer on the mux socket: a 16-bit length and `OK`, or `NO` with nothing that tells why.
///
/// libsasl takes what begins with `OK` for yes and any other text for a wrong password (535); a closed
/// connection without an answer is a passing fault (454).
package enum LoginReply: Equatable, Sendable {
  case ok
  case no

  /// The bytes of the answer, for one write.
  package var bytes: StaticString {
    switch self {
    case .ok: "\u{0}\u{2}OK"
    case .no: "\u{0}\u{2}NO"
    }
  }

  /// What an answer says, as a client reads it: `saslauthd`'s text may be longer than ours.
  package enum Reading: Equatable, Sendable {
    case whole(accepted: Bool, text: [UInt8])
    case incomplete
    /// Less than two bytes of text: no answer at all.
    case malformed
  }

  /// The longest answer that libsasl reads.
  package static let longestText = 1023

  /// Reads what has arrived; a text longer than libsasl's buffer is cut as libsasl cuts it.
  package static func read(_ bytes: Span<UInt8>) -> Reading {
    guard bytes.count >= 2 else { return .incomplete }
    let told = Int(bytes[0]) << 8 | Int(bytes[1])
    guard told >= 2 else { return .malformed }
    let count = min(told, longestText)
    guard bytes.count >= 2 + count else { return .incomplete }
    let text = (2..<2 + count).map { bytes[$0] }
    return .whole(accepted: text.starts(with: "OK".utf8), text: text)
  }
}
