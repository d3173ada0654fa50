import MailTypes

/// `reject_unknown_helo_hostname`.
extension MailPolicy {
  /// Looks for addresses and mail hosts of the name; that a host takes no mail doesn't matter here.
  func unknownHelo(_ walk: inout ListWalk) -> (Finding, TraceStep.Evidence) {
    guard let helo = walk.view.heloName else { return (.dunno, .none) }
    if helo.first == UInt8(ascii: "[") { return literal(helo) }
    // A dot at its end makes it no name for Postfix.
    let name = HostSyntax.isHostname(helo) ? DomainName(helo) : nil
    guard let status = walk.status(of: name, [.a, .aaaa, .mx], endingWith: { $0 == .found }) else {
      return (.unanswered, .none)
    }
    let evidence = TraceStep.Evidence.name(Array(helo), status)
    let code = parameters.unknownHostnameRejectCode
    switch status {
    case .found, .nullMX: return (.dunno, evidence)
    case .notFound: return (.refuse(refusal(code, (4, 7, 1), "Host not found")), evidence)
    case .malformed: return (.refuse(refusal(code, (4, 7, 1), "Malformed DNS server reply")), evidence)
    case .failed:
      let refusal = refusal(450, (4, 7, 1), "Host not found")
      return (later(parameters.unknownHeloHostnameTempfailAction, refusal), evidence)
    }
  }
}
