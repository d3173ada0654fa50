import MailTypes

/// `reject_unknown_sender_domain` and `reject_unknown_recipient_domain`.
extension MailPolicy {
  /// Whose domain is looked at.
  enum MailSide { case sender, recipient }

  /// Looks for mail hosts and addresses of a domain elsewhere.
  func unknownDomain(_ side: MailSide, _ walk: inout ListWalk) -> (Finding, TraceStep.Evidence) {
    let address = side == .sender ? walk.view.filledSender : walk.view.recipient
    // Without a domain it is one of this host.
    guard let address, let qualified = qualified(address), !HostSyntax.isInBrackets(qualified.domain) else {
      return (.dunno, .none)
    }
    let domain = qualified.domain
    switch domains.isFinal(domain, walk.facts.tables) {
    case .yes: return (.dunno, .value(domain))
    case .failed(let table): return (.fail(ListWalk.lookupFailure), .failure(table))
    case .no: break
    }
    let name = HostSyntax.domainName(domain[...])
    let status = walk.status(of: name, [.mx, .a, .aaaa]) { status in
      switch status {
      case .found, .malformed, .nullMX: true
      case .failed, .notFound: false
      }
    }
    guard let status else { return (.unanswered, .none) }
    return (finding(side, status, name?.bytes ?? domain), .name(domain, status))
  }

  private func finding(_ side: MailSide, _ status: NameStatus, _ name: [UInt8]) -> Finding {
    let unknown = side == .sender ? (4, 1, 8) : (4, 1, 2)
    switch status {
    case .found: return .dunno
    case .failed:
      return later(
        parameters.unknownAddressTempfailAction, refusal(450, unknown, "Domain not found"))
    case .malformed:
      return .refuse(refusal(parameters.unknownAddressRejectCode, unknown, "Malformed DNS server reply"))
    case .notFound:
      return .refuse(refusal(parameters.unknownAddressRejectCode, unknown, "Domain not found"))
    case .nullMX:
      let text = ReplyText("Domain \(name.repairedText) does not accept mail (nullMX)") ?? AccessAction.denied
      return .refuse(
        side == .sender ? refusal(550, (5, 7, 27), text) : refusal(556, (5, 1, 10), text))
    }
  }

  /// What becomes of something that can't be known now.
  func later(_ action: TempfailAction?, _ refusal: Refusal) -> Finding {
    switch action ?? parameters.rejectTempfailAction {
    case .deferIfPermit: .deferIfPermit(refusal)
    case .defer: .refuse(refusal)
    }
  }
}
