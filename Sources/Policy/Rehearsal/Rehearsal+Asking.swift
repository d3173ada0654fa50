import MailTypes

/// How Postfix asks its lists, and what becomes of their answers.
extension Rehearsal {
  /// What a refusal is about, by the list that refuses.
  struct Subjects {
    private let session: SMTPSession
    private let recipient: MailAddress?
    private let etrnDomain: [UInt8]

    init(_ session: SMTPSession, recipient: MailAddress? = nil, etrnDomain: [UInt8] = []) {
      self.session = session
      self.recipient = recipient
      self.etrnDomain = etrnDomain
    }

    func of(_ stage: RehearsalStage) -> [UInt8] {
      switch stage {
      case .client: session.shownClient
      case .helo: session.helo ?? []
      case .sender: session.mail?.sender.bytes ?? []
      case .relay, .recipient: recipient?.bytes ?? []
      case .data: Array("DATA".utf8)
      case .endOfData: Array("END-OF-MESSAGE".utf8)
      case .etrn: etrnDomain
      }
    }

    /// Postfix doesn't ask about what the client hasn't said.
    func has(_ stage: RehearsalStage) -> Bool {
      switch stage {
      case .helo: session.helo != nil
      case .sender: session.mail != nil
      case .client, .relay, .recipient, .data, .endOfData, .etrn: true
      }
    }
  }

  /// Asks lists one after the other.
  ///
  /// - Parameters:
  ///   - stages: in Postfix's order.
  ///   - request: the same for all of them.
  ///   - subjects: what a refusal names.
  ///   - deferral: the first *defer if permit* so far; the caller says when it becomes a reply.
  /// - Returns: the reply of the first list that refuses.
  mutating func ask(
    _ stages: [RehearsalStage], _ request: PolicyRequest, _ subjects: Subjects, _ deferral: inout SMTPReply?
  ) -> SMTPReply? {
    if session?.mail?.isDiscarded == true {
      deferral = nil
      return nil
    }
    for stage in stages where subjects.has(stage) {
      var deferIfReject: Refusal?
      for list in rehearsed.lists[stage] ?? [] {
        let action = answer(request, list, stage)
        if case .discard = action {
          session?.mail?.isDiscarded = true
          deferral = nil
          return nil
        }
        switch rehearsed.policy.finding(AccessAction(action)) {
        case .refuse(let refusal), .fail(let refusal):
          let shown = refusal.isPermanent ? deferIfReject ?? refusal : refusal
          return SMTPReply(shown, of: subjects.of(stage), at: stage)
        case .deferIfPermit(let refusal):
          if deferral == nil { deferral = SMTPReply(refusal, of: subjects.of(stage), at: stage) }
        case .deferIfReject(let refusal): if deferIfReject == nil { deferIfReject = refusal }
        case .permit, .dunno, .unanswered: break
        }
        // OK ends Postfix's list, which may ask several of ours.
        if action == .ok { break }
      }
    }
    return nil
  }

  private mutating func answer(
    _ request: PolicyRequest, _ list: RestrictionList, _ stage: RehearsalStage
  ) -> PolicyAction {
    let decision = decide(request, by: list)
    answers.append(ListAnswer(stage: stage, list: list.name, decision: decision))
    return decision.action
  }
}
