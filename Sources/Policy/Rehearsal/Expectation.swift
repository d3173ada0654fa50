import MailTypes

/// What a script says that the reply before it has to be.
package enum Expectation: Equatable, Sendable, CustomStringConvertible {
  /// Any reply with which the client may go on.
  case ok
  /// This code; with a status or a text those, too. The text may be any part of the reply's.
  case reply(code: Int, status: EnhancedStatus?, text: [UInt8])

  /// Reads what stands after `expect`; nil when that is neither `OK` nor begins with a code.
  init?(_ text: [UInt8]) {
    if text.lowercasedASCII.elementsEqual("ok".utf8) {
      self = .ok
      return
    }
    let digits = text.prefix { !ListWords.isBlank($0) }
    guard digits.count == 3, digits.allSatisfy(\.isASCIIDigit), let code = Int(digits.repairedText),
      (200...599).contains(code)
    else { return nil }
    let rest = text.dropFirst(3).drop(while: ListWords.isBlank)
    if let (status, text) = EnhancedStatus.split(rest) {
      self = .reply(code: code, status: status, text: Array(text))
    } else {
      self = .reply(code: code, status: nil, text: Array(rest))
    }
  }

  /// Whether it is met; nothing meets it when there was no reply.
  package func isMet(by reply: SMTPReply?) -> Bool {
    guard let reply else { return false }
    switch self {
    case .ok: return reply.isPositive
    case .reply(let code, let status, let text):
      return reply.code == code && (status == nil || reply.status == status)
        && (text.isEmpty || reply.text.firstRange(of: text) != nil)
    }
  }

  package var description: String {
    switch self {
    case .ok: "OK"
    case .reply(let code, let status, let text):
      "\(code)" + (status.map { " \($0)" } ?? "") + (text.isEmpty ? "" : " \(text.repairedText)")
    }
  }
}
