/// A name that stands for a value in a reply's template, as in Postfix's `default_rbl_reply`.
enum ReplyMacro: String, Hashable, Sendable, CaseIterable {
  case rblCode = "rbl_code"
  case rblDomain = "rbl_domain"
  case rblReason = "rbl_reason"
  /// An older name for the reason.
  case rblText = "rbl_txt"
  case rblWhat = "rbl_what"
  case rblClass = "rbl_class"
  case client
  case clientAddress = "client_address"
  case clientName = "client_name"
  case clientPort = "client_port"
  case reverseClientName = "reverse_client_name"
  case heloName = "helo_name"
  case sender
  case senderName = "sender_name"
  case senderDomain = "sender_domain"
  case recipient
  case recipientName = "recipient_name"
  case recipientDomain = "recipient_domain"
}
