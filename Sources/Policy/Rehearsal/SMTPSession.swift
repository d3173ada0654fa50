import MailTypes

/// A client's session as Postfix keeps it, as far as a policy service is told of it.
struct SMTPSession: Sendable {
  let name: [UInt8]
  let address: [UInt8]
  let reverseName: [UInt8]
  /// Nil before HELO.
  var helo: [UInt8]?
  var login: Login?
  /// The message that is under way; nil before MAIL.
  var mail: Transaction?
  /// The client was refused when it connected: whatever it says then is.
  var isDenied = false
  /// What earlier lists deferred, which becomes a reply at RCPT.
  var deferral = Deferrals()

  /// Who has logged in, and how.
  struct Login: Sendable {
    let user: [UInt8]
    let method: [UInt8]
  }

  /// A message from MAIL to the end of DATA.
  struct Transaction: Sendable {
    let sender: MailAddress
    /// One a message, as Postfix's `instance` is.
    let instance: Int
    var recipients: [MailAddress] = []
    /// A list threw the message away: nothing is asked any more.
    var isDiscarded = false
  }

  /// The first deferral of each earlier step, asked at that step with `smtpd_delay_reject = no`.
  struct Deferrals: Sendable {
    var client: SMTPReply?
    var helo: SMTPReply?
    var sender: SMTPReply?

    var first: SMTPReply? { client ?? helo ?? sender }
  }

  /// As logs and replies show the client.
  var shownClient: [UInt8] { name + Array("[".utf8) + address + Array("]".utf8) }
}
