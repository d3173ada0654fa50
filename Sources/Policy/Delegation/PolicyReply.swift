/// An answer as it goes over the wire, in one write: `action=…` and an empty line.
package struct PolicyReply: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ action: PolicyAction) {
    bytes =
      switch action {
      case .dunno: Self.dunno
      case .ok: Self.ok
      default: Self.line(action)
      }
  }

  /// Nearly all mail gets one of these.
  private static let dunno = line(.dunno)
  private static let ok = line(.ok)

  private static func line(_ action: PolicyAction) -> [UInt8] {
    let (command, text) = parts(action)
    var line = Array("action=".utf8)
    line.append(contentsOf: command.utf8)
    if let text {
      line.append(UInt8(ascii: " "))
      line.append(contentsOf: text.bytes)
    }
    line.append(contentsOf: "\n\n".utf8)
    return line
  }

  private static func parts(_ action: PolicyAction) -> (command: String, text: ReplyText?) {
    switch action {
    case .dunno: ("DUNNO", nil)
    case .ok: ("OK", nil)
    case .reject(let text): ("REJECT", text)
    case .defer(let text): ("DEFER", text)
    case .deferIfPermit(let text): ("DEFER_IF_PERMIT", text)
    case .deferIfReject(let text): ("DEFER_IF_REJECT", text)
    case .status(let code, let text): ("\(code.value)", text)
    case .prepend(let text): ("PREPEND", text)
    case .hold(let text): ("HOLD", text)
    case .discard(let text): ("DISCARD", text)
    case .info(let text): ("INFO", text)
    case .warn(let text): ("WARN", text)
    case .filter(let text): ("FILTER", text)
    case .redirect(let text): ("REDIRECT", text)
    case .bcc(let text): ("BCC", text)
    }
  }
}
