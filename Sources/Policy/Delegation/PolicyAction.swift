/// What Postfix is told to do: access(5)'s actions, as far as a policy service may use them.
///
/// There is no empty action and no code without a text: Postfix takes the one and the other for *permit*.
package enum PolicyAction: Hashable, Sendable {
  /// No opinion: the next restriction is asked.
  case dunno
  /// Ends the list with *permit*; before `reject_unauth_destination` that makes an open relay.
  case ok
  case reject(ReplyText?)
  case `defer`(ReplyText?)
  /// 450, unless a later restriction refuses for good.
  case deferIfPermit(ReplyText?)
  /// A later 5xx of the same list becomes 450.
  case deferIfReject(ReplyText?)
  case status(StatusCode, ReplyText)
  /// A header `Name: value` on top of the message.
  case prepend(ReplyText)
  case hold(ReplyText?)
  /// Accepts and throws away, and stops every list.
  case discard(ReplyText?)
  case info(ReplyText?)
  case warn(ReplyText?)
  /// `transport:destination`.
  case filter(ReplyText)
  case redirect(ReplyText)
  case bcc(ReplyText)
}
