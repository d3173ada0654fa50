/// What a greylisted client gets: an action of access(5) that takes a text, as postgrey's `--greylist-action` names it.
package enum GreylistAction: Equatable, Sendable {
  /// Without a text of its own; the greylist's text follows.
  case command(Command, before: [UInt8])
  case status(StatusCode, before: [UInt8])

  package static let `default` = GreylistAction.command(.deferIfPermit, before: [])

  /// The actions that make sense for it.
  package enum Command: String, CaseIterable, Sendable {
    case deferIfPermit = "DEFER_IF_PERMIT"
    case deferIfReject = "DEFER_IF_REJECT"
    case `defer` = "DEFER"
    case reject = "REJECT"
    case hold = "HOLD"
    case discard = "DISCARD"
    case info = "INFO"
    case warn = "WARN"
    case prepend = "PREPEND"
    case dunno = "DUNNO"
    case ok = "OK"
  }

  /// Reads an action's name in any case, or a code from 400 to 599, and what else goes before the text.
  ///
  /// Nil for what Postfix would answer with `451 4.3.5 Server configuration error` or not understand as an action.
  package init?(_ text: some Collection<UInt8>) {
    let word = text.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    let rest = Array(text.dropFirst(word.count + 1))
    let name = String(decoding: Array(word), as: UTF8.self)
    if let command = Command(rawValue: name.uppercased()) {
      self = .command(command, before: rest)
    } else if word.count == 3, let value = Int(name), let code = StatusCode(value) {
      self = .status(code, before: rest)
    } else {
      return nil
    }
  }

  /// The action with its text, which may be anything.
  func with(_ text: [UInt8]) -> PolicyAction {
    switch self {
    case .status(let code, let before):
      // Postfix takes a code without a text for *permit*.
      .status(code, joined(before, text) ?? Self.lastResort)
    case .command(let command, let before): action(command, joined(before, text))
    }
  }

  private func action(_ command: Command, _ text: ReplyText?) -> PolicyAction {
    switch command {
    case .deferIfPermit: .deferIfPermit(text)
    case .deferIfReject: .deferIfReject(text)
    case .defer: .defer(text)
    case .reject: .reject(text)
    case .hold: .hold(text)
    case .discard: .discard(text)
    case .info: .info(text)
    case .warn: .warn(text)
    case .prepend: .prepend(text ?? Self.lastResort)
    case .dunno: .dunno
    case .ok: .ok
    }
  }

  private func joined(_ before: [UInt8], _ text: [UInt8]) -> ReplyText? {
    ReplyText(before.isEmpty ? text : before + [UInt8(ascii: " ")] + text)
  }

  private static let lastResort: ReplyText = {
    guard let text = ReplyText("Greylisted") else { preconditionFailure("a word is a text") }
    return text
  }()
}
