import MailTypes

/// Postfix's side of the dialogue.
extension Rehearsal {
  /// The reply to what the client does; nil where it gets one that no list has a part in.
  mutating func say(_ command: ScriptStep.Command) -> SMTPReply? {
    if case .client(let name, let address, let reverseName) = command {
      session = SMTPSession(name: name, address: address, reverseName: reverseName)
      return connect()
    }
    guard let session else { return SMTPReply(503, (5, 5, 1), "Error: nobody has connected") }
    if session.isDenied {
      return SMTPReply(503, (5, 7, 0), "Error: access denied for \(session.shownClient.repairedText)")
    }
    switch command {
    case .helo(let name): return helo(name)
    case .login(let user, let method):
      self.session?.login = SMTPSession.Login(user: user, method: method)
      return nil
    case .mail(let sender): return mail(sender)
    case .rcpt(let recipient): return rcpt(recipient, session)
    case .data: return data(session)
    case .etrn(let domain): return etrn(domain, session)
    case .policy, .wait, .expect, .client: return nil
    }
  }

  private mutating func connect() -> SMTPReply? {
    guard !rehearsed.delaysReject, let session else { return nil }
    var deferral: SMTPReply?
    let refusal = ask([.client], session.request(.connect), Subjects(session), &deferral)
    self.session?.isDenied = refusal != nil
    self.session?.deferral.client = deferral
    return refusal ?? SMTPReply(220, nil, "ESMTP Postfix")
  }

  private mutating func helo(_ name: [UInt8]) -> SMTPReply? {
    // A new HELO ends the message that was under way.
    session?.mail = nil
    session?.helo = name
    guard !rehearsed.delaysReject, let session else { return nil }
    var deferral: SMTPReply?
    let refusal = ask([.helo], session.request(.ehlo), Subjects(session), &deferral)
    if refusal != nil { self.session?.helo = nil }
    self.session?.deferral.helo = deferral
    return refusal ?? SMTPReply(250, nil, "Ok")
  }

  private mutating func mail(_ sender: MailAddress) -> SMTPReply? {
    let instance = nextMessage()
    session?.mail = SMTPSession.Transaction(sender: sender, instance: instance)
    session?.deferral.sender = nil
    if !sender.isNull, !Self.isWellFormed(sender) {
      session?.mail = nil
      return SMTPReply(501, (5, 1, 7), "Bad sender address syntax")
    }
    guard !rehearsed.delaysReject, let session else { return nil }
    var deferral: SMTPReply?
    let refusal = ask([.sender], session.request(.mail), Subjects(session), &deferral)
    if refusal != nil { self.session?.mail = nil }
    self.session?.deferral.sender = deferral
    return refusal ?? SMTPReply(250, (2, 1, 0), "Ok")
  }

  private mutating func rcpt(_ recipient: MailAddress, _ session: SMTPSession) -> SMTPReply {
    guard session.mail != nil else { return SMTPReply(503, (5, 5, 1), "Error: need MAIL command") }
    guard Self.isWellFormed(recipient) else {
      return SMTPReply(501, (5, 1, 3), "Bad recipient address syntax")
    }
    // Postfix asks nobody about its own postmaster.
    if !recipient.bytes.lowercasedASCII.elementsEqual("postmaster".utf8) {
      var deferral = rehearsed.delaysReject ? nil : session.deferral.first
      let request = session.request(.rcpt, recipient: recipient)
      let subjects = Subjects(session, recipient: recipient)
      let refusal = ask(rehearsed.stagesAtRecipient, request, subjects, &deferral)
      if let reply = refusal ?? deferral { return reply }
    }
    self.session?.mail?.recipients.append(recipient)
    return SMTPReply(250, (2, 1, 5), "Ok")
  }

  private mutating func data(_ session: SMTPSession) -> SMTPReply {
    guard let mail = session.mail else { return SMTPReply(503, (5, 5, 1), "Error: need RCPT command") }
    if mail.recipients.isEmpty { return SMTPReply(554, (5, 5, 1), "Error: no valid recipients") }
    var deferral: SMTPReply?
    let refusal = ask([.data], session.request(.data), Subjects(session), &deferral)
    if let reply = refusal ?? deferral { return reply }
    let refusalAtEnd = ask([.endOfData], session.request(.endOfMessage), Subjects(session), &deferral)
    self.session?.mail = nil
    return refusalAtEnd ?? deferral ?? SMTPReply(250, (2, 0, 0), "Ok: queued")
  }

  private mutating func etrn(_ domain: [UInt8], _ session: SMTPSession) -> SMTPReply {
    var deferral: SMTPReply?
    let request = session.request(.etrn, etrnDomain: domain)
    let subjects = Subjects(session, etrnDomain: domain)
    let refusal = ask(rehearsed.stagesAtETRN, request, subjects, &deferral)
    return refusal ?? deferral ?? SMTPReply(250, nil, "Queuing started")
  }

  /// Whether Postfix asks anybody about an address at all.
  private static func isWellFormed(_ address: MailAddress) -> Bool {
    guard let domain = address.domain else { return !address.isNull }
    if HostSyntax.isLiteral(domain) { return true }
    return HostSyntax.isMailDomain(HostSyntax.withoutTrailingDot(domain))
  }
}
