import MailTypes

extension SMTPSession {
  /// What Postfix asks a policy service at a step.
  ///
  /// - Parameters:
  ///   - state: the step.
  ///   - recipient: of RCPT.
  ///   - etrnDomain: of ETRN.
  /// - Returns: the request, decoded from its bytes as the service decodes it.
  func request(
    _ state: ProtocolState, recipient: MailAddress? = nil, etrnDomain: [UInt8] = []
  ) -> PolicyRequest {
    let recipients = mail?.recipients ?? []
    let isOfMessage = state == .data || state == .endOfMessage
    let shownRecipient = recipient ?? (isOfMessage && recipients.count == 1 ? recipients[0] : nil)
    let values: [(PolicyAttribute, [UInt8])] = [
      (.request, Array("smtpd_access_policy".utf8)), (.protocolState, Array(state.rawValue.utf8)),
      (.protocolName, Array("ESMTP".utf8)), (.clientAddress, address), (.clientName, name),
      (.clientPort, Array("50000".utf8)), (.reverseClientName, reverseName),
      (.serverAddress, Array("127.0.0.1".utf8)), (.serverPort, Array("25".utf8)),
      (.heloName, helo.map { state == .ehlo ? $0 : Self.shownHelo($0) } ?? []),
      (.sender, mail?.sender.bytes ?? []), (.recipient, shownRecipient?.bytes ?? []),
      (.recipientCount, Array("\(isOfMessage ? recipients.count : 0)".utf8)),
      // The queue file opens with the first recipient.
      (.queueID, recipients.isEmpty ? [] : Array("REHEARSED".utf8)),
      (.instance, mail.map { Array("rehearsal.\($0.instance)".utf8) } ?? []), (.size, Array("0".utf8)),
      (.etrnDomain, etrnDomain), (.stress, []), (.saslMethod, login?.method ?? []),
      (.saslUsername, login?.user ?? []), (.saslSender, []), (.ccertSubject, []), (.ccertIssuer, []),
      (.ccertFingerprint, []), (.ccertPubkeyFingerprint, []), (.encryptionProtocol, []),
      (.encryptionCipher, []), (.encryptionKeysize, Array("0".utf8)), (.policyContext, []),
    ]
    var text: [UInt8] = []
    for (attribute, value) in values {
      text += Array(attribute.name.utf8) + [UInt8(ascii: "=")] + value + [UInt8(ascii: "\n")]
    }
    text.append(UInt8(ascii: "\n"))
    var decoder = PolicyRequestDecoder()
    guard case .whole(let request, _) = decoder.read(text.span) else {
      preconditionFailure("a script's values have no line ends and are short")
    }
    return request
  }

  /// As Postfix shows a HELO name after its step.
  private static func shownHelo(_ name: [UInt8]) -> [UInt8] {
    name.map { byte in
      byte <= 0x20 || byte >= 0x7F || "<>()\\\";@".utf8.contains(byte) ? UInt8(ascii: "?") : byte
    }
  }
}
