import MailTypes

/// The restrictions that ask a list in the DNS about one thing.
extension MailPolicy {
  /// `reject_rbl_client` and `reject_rhsbl_…`: trouble with the list is no opinion.
  func rejectListed(
    _ subject: ListedSubject, _ zone: ListedZone, _ walk: inout ListWalk
  ) -> (Finding, TraceStep.Evidence) {
    guard let name = name(of: subject, &walk) else { return (.dunno, .none) }
    guard let answer = answer(of: zone, about: name, &walk) else { return (.unanswered, .none) }
    let evidence = TraceStep.Evidence.zone(zone, answer)
    guard answer.isListed else { return (.dunno, evidence) }
    guard let template = template(of: zone, walk.facts.tables) else {
      return (.fail(ListWalk.serverError), evidence)
    }
    var reason: [UInt8] = []
    if template.givesReason {
      // Asked when it is needed only, and not worth a verdict: without a reason the reply does without it.
      guard let question = name.within(zone.name).map({ DNSQuestion($0, .txt) }),
        let answer = walk.answer(to: question)
      else { return (.unanswered, .none) }
      reason = Self.text(answer)
    }
    return (.refuse(refusal(of: zone, subject, template, reason: reason, walk.view)), evidence)
  }

  /// `permit_dnswl_client` and `permit_rhswl_client`, which never permit relaying.
  func permitListed(
    _ subject: ListedSubject, _ zone: ListedZone, _ walk: inout ListWalk
  ) -> (Finding, TraceStep.Evidence) {
    guard let name = name(of: subject, &walk) else { return (.dunno, .none) }
    switch destination(walk.view, walk.facts.tables) {
    case .elsewhere: return (.dunno, .value(walk.view.recipient?.bytes ?? []))
    case .failed(let table): return (.fail(ListWalk.lookupFailure), .failure(table))
    case .local, .authorized, nil: break
    }
    guard let answer = answer(of: zone, about: name, &walk) else { return (.unanswered, .none) }
    let evidence = TraceStep.Evidence.zone(zone, answer)
    switch answer {
    case .listed: return (.permit(.thisList), evidence)
    // Who isn't asked because he is silent has no answer either.
    case .failed, .aside(.isDead), .aside(.isOutOfReach):
      return (.deferIfReject(refusal(450, (4, 7, 1), AccessAction.unavailable)), evidence)
    case .unlisted, .filtered, .senseless, .aside: return (.dunno, evidence)
    }
  }

  /// What a list says of a name; nil when that has to be waited for.
  func answer(of zone: ListedZone, about name: DomainName, _ walk: inout ListWalk) -> ZoneAnswer? {
    if !walk.facts.zonesAside.isEmpty, let trouble = walk.facts.zonesAside[zone.name] {
      return .aside(trouble)
    }
    // What is too long for a name is in no list.
    guard let asked = name.within(zone.name) else { return .unlisted }
    return walk.answer(to: DNSQuestion(asked, .a)).map { ZoneAnswer($0, of: zone) }
  }

  // MARK: What is asked about

  /// The name that stands for a subject below a list's zone; nil when there is nothing to ask about.
  private func name(of subject: ListedSubject, _ walk: inout ListWalk) -> DomainName? {
    if subject == .client { return walk.reversedClient }
    return what(subject, walk.view).flatMap { Self.listedDomain($0) }
  }

  /// As the request has it: names, or whole addresses.
  func what(_ subject: ListedSubject, _ view: RequestView) -> ArraySlice<UInt8>? {
    switch subject {
    case .client: view.clientAddressText[...]
    case .clientName: view.request.clientName
    case .reverseClientName: view.request.reverseClientName
    case .helo: view.heloName
    case .sender: view.filledSender?.bytes[...]
    case .recipient: view.recipient?.bytes[...]
    }
  }

  /// The domain of a name or an address as lists of domains have it.
  ///
  /// - Returns: nil for an address in brackets, for what ends with a number, which may be an address and which some
  ///   lists don't want to be asked about, and for what is no name of a host.
  private static func listedDomain(_ what: ArraySlice<UInt8>) -> DomainName? {
    let domain = what.lastIndex(of: UInt8(ascii: "@")).map { what[($0 + 1)...] } ?? what
    let last = domain.lastIndex(of: UInt8(ascii: ".")).map { domain[($0 + 1)...] } ?? domain
    if !last.isEmpty, last.allSatisfy(\.isASCIIDigit) { return nil }
    return HostSyntax.domainName(domain)
  }

  /// What TXT records say, as Postfix joins them.
  private static func text(_ answer: DNSAnswer) -> [UInt8] {
    let texts = answer.found.compactMap { if case .text(let text) = $0 { text } else { nil } }
    return Array(texts.joined(separator: Array(" / ".utf8)).prefix(500))
  }
}
