import MailTypes

/// What restrictions look at in a request, with Postfix's distinction between *not given yet* and *empty*.
struct RequestView {
  let request: PolicyRequest

  /// In small letters; `unknown` for a client without a name.
  var clientName: [UInt8] { (request[.clientName] ?? []).lowercasedASCII }
  var clientAddress: IPAddress? { request.clientAddress?.unmapped }

  /// As Postfix writes it; an IPv4 address never as an IPv6 one.
  var clientAddressText: [UInt8] {
    if let address = request.clientAddress, address.unmapped != address {
      return Array("\(address.unmapped)".utf8)
    }
    return Array(request[.clientAddress] ?? [])
  }

  var heloName: ArraySlice<UInt8>? { request.heloName }

  /// Nil before MAIL; the null sender's is empty.
  var sender: MailAddress? {
    guard let sender = request.sender else { return nil }
    if !sender.isNull { return sender }
    switch request.protocolState {
    case .mail, .rcpt, .data, .endOfMessage, nil: return sender
    case .connect, .ehlo, .helo, .vrfy, .etrn, .xclient: return nil
    }
  }

  /// Nil for no sender and for the null sender, which most restrictions pass over.
  var filledSender: MailAddress? { sender.flatMap { $0.isNull ? nil : $0 } }

  /// Nil before RCPT, and when there are several.
  ///
  /// At RCPT there always is one: should it be empty, it is no destination of ours.
  var recipient: MailAddress? {
    guard let recipient = request.recipient else { return nil }
    return recipient.isNull && request.protocolState != .rcpt ? nil : recipient
  }

  /// Nil for who isn't logged in, and for who is as nobody: whatever name ANONYMOUS came with, anybody could give it.
  var login: [UInt8]? { request.isAnonymous ? nil : request.saslUsername.map { Array($0) } }

  /// Whether the client is logged in as somebody.
  var isAuthenticated: Bool { request.isAuthenticated }
}
