import MailTypes

/// A reply that an SMTP client gets.
package struct SMTPReply: Equatable, Sendable, CustomStringConvertible {
  package let code: Int
  /// Nil where Postfix gives none, as in the greeting.
  package let status: EnhancedStatus?
  package let text: [UInt8]

  init(_ code: Int, _ status: EnhancedStatus?, _ text: some Sequence<UInt8>) {
    self.code = code
    self.status = status
    self.text = Array(text)
  }

  init(_ code: Int, _ status: (Int, Int, Int)?, _ text: String) {
    self.init(code, status.map { EnhancedStatus($0.0, $0.1, $0.2) }, text.utf8)
  }

  /// A refusal as Postfix words it for a policy service's answer: `CODE DSN <what>: CLASS rejected: TEXT`.
  init(_ refusal: Refusal, of what: [UInt8], at stage: RehearsalStage) {
    let prefix = Array("<".utf8) + what + Array(">: \(stage.rejectedClass) rejected: ".utf8)
    self.init(refusal.code.value, refusal.status.fitted(to: stage), prefix + refusal.text.bytes)
  }

  /// Whether the client may go on.
  package var isPositive: Bool { code < 400 }

  package var description: String {
    // Postfix cuts a reply at 510 bytes; ours end with a whole character.
    let line = "\(code) " + (status.map { "\($0) " } ?? "") + text.repairedText
    return ReplyText(line)?.bytes.repairedText ?? "\(code)"
  }
}
