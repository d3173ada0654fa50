import MailTypes

/// A reply that refuses: code, enhanced status, text.
package struct Refusal: Hashable, Sendable {
  package let code: StatusCode
  /// Its first number is the code's.
  package let status: EnhancedStatus
  /// Without the `<x>: CLASS rejected:` that Postfix puts before it.
  package let text: ReplyText

  package init(_ code: StatusCode, _ status: EnhancedStatus, _ text: ReplyText) {
    self.code = code
    self.status = EnhancedStatus(code.value / 100, status.subject, status.detail)
    self.text = text
  }

  /// A reply of our own, whose code is one.
  init(literal code: Int, _ status: EnhancedStatus, _ text: StaticString) {
    guard let code = StatusCode(code) else { preconditionFailure("\(code) refuses nothing") }
    self.init(code, status, ReplyText(literal: text))
  }

  package var isPermanent: Bool { code.value >= 500 }

  /// `5.7.1 text`, as it goes after an action.
  var statusAndText: ReplyText {
    // A text that is whole can be cut, but never becomes empty.
    ReplyText(Array("\(status) ".utf8) + text.bytes) ?? text
  }

  package var action: PolicyAction { .status(code, statusAndText) }
}
