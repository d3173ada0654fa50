/// A line for the log, in postgrey's words, byte for byte: printable ASCII, whatever the request holds.
///
/// `%` is written twice but in complaints, and every byte that isn't printable ASCII as `%` and two hexadecimal digits:
/// so postgrey writes them in the foreground (to syslog it gives such bytes raw), and no line of the log can be forged.
package struct GreylistLogLine: Equatable, Sendable {
  /// postgrey's levels, and the syslog priority that each has there.
  package enum Level: Sendable {
    /// A warning of the program; syslog gets `WARNING: ` before it.
    case complaint
    /// Shown with `--quiet` too; priority warning.
    case event
    /// One a request; priority notice.
    case action
  }

  private enum Content: Sendable {
    case words([UInt8])
    case action(Reason, PolicyRequest)
  }

  package let level: Level
  private let content: Content

  init(_ level: Level, _ text: [UInt8]) {
    self.level = level
    content = .words(text)
  }

  init(_ level: Level, _ text: String) { self.init(level, Array(text.utf8)) }

  /// A decision's line.
  init(_ reason: Reason, on request: PolicyRequest) {
    level = .action
    content = .action(reason, request)
  }

  /// Made when it is asked for: with `--quiet` nobody asks, and it takes a tenth of a decision's time.
  package var text: [UInt8] {
    let text =
      switch content {
      case .words(let text): text
      case .action(let reason, let request): Self.words(reason, on: request)
      }
    return text.allSatisfy(Self.isPlain) ? text : Self.escape(text, doublingPercent: level != .complaint)
  }

  /// Lines that read the same are the same.
  package static func == (left: GreylistLogLine, right: GreylistLogLine) -> Bool {
    left.level == right.level && left.text == right.text
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "%")
  }

  private static func escape(_ text: [UInt8], doublingPercent: Bool) -> [UInt8] {
    var escaped: [UInt8] = []
    for byte in text {
      switch byte {
      case UInt8(ascii: "%"): escaped += doublingPercent ? [byte, byte] : [byte]
      case 0x20...0x7E: escaped.append(byte)
      default: escaped += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return escaped
  }

  private static let digits = Array("0123456789ABCDEF".utf8)
}
