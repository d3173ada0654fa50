import MailTypes

/// The restrictions that need nothing but the request and the host's own values.
extension MailPolicy {
  func judge(
    _ restriction: Restriction, _ view: RequestView, _ tables: TableSet
  ) -> (Finding, TraceStep.Evidence) {
    switch restriction {
    case .permit: (.permit(.thisList), .none)
    case .reject: (.refuse(refusal(parameters.rejectCode, (5, 7, 1), AccessAction.denied)), .none)
    case .defer: (.refuse(refusal(parameters.deferCode, (4, 3, 2), "Try again later")), .none)
    case .deferIfPermit: (.deferIfPermit(refusal(450, (4, 7, 0), "defer_if_permit requested")), .none)
    case .deferIfReject: (.deferIfReject(refusal(450, (4, 7, 0), "defer_if_reject requested")), .none)
    case .permitMynetworks: mynetworks(view, tables)
    case .permitSASLAuthenticated: authenticated(view)
    case .permitTLSClientcerts: clientcerts(view, tables)
    case .permitAuthDestination:
      destination(view, tables, ours: .permit(.thisList), elsewhere: .dunno)
    case .rejectUnauthDestination: unauthDestination(view, tables, parameters.relayDomainsRejectCode, 5)
    case .deferUnauthDestination: unauthDestination(view, tables, parameters.relayDomainsRejectCode - 100, 4)
    case .rejectNonFQDNSender: nonFQDN(view.filledSender)
    case .rejectNonFQDNRecipient: nonFQDN(view.recipient)
    case .rejectNonFQDNHeloHostname: nonFQDNHelo(view)
    case .rejectInvalidHeloHostname: invalidHelo(view)
    case .rejectSenderLoginMismatch(let check): senderLogin(check, view, tables)
    // Those that walk through lists, or ask tables or the DNS, are taken by the walk.
    default: (.fail(ListWalk.serverError), .none)
    }
  }

  func refusal(_ code: Int, _ status: (Int, Int, Int), _ text: ReplyText) -> Refusal {
    Refusal(self.code(code), EnhancedStatus(status.0, status.1, status.2), text)
  }

  func refusal(_ code: Int, _ status: (Int, Int, Int), _ text: StaticString) -> Refusal {
    refusal(code, status, ReplyText(literal: text))
  }

  /// Parameters are checked when they are set; one that got past that still refuses.
  func code(_ value: Int) -> StatusCode { StatusCode(value) ?? ListWalk.serverError.code }

  // MARK: Clients

  private func mynetworks(_ view: RequestView, _ tables: TableSet) -> (Finding, TraceStep.Evidence) {
    let answer = domains.mynetworks.contains(
      host: view.clientName, address: view.clientAddress, parents: parameters.networkParents, tables: tables)
    switch answer {
    case .yes: return (.permit(.relaying), .value(view.clientAddressText))
    case .no: return (.dunno, .value(view.clientAddressText))
    case .failed(let table): return (.fail(ListWalk.lookupFailure), .failure(table))
    }
  }

  private func authenticated(_ view: RequestView) -> (Finding, TraceStep.Evidence) {
    guard view.isAuthenticated else { return (.dunno, .none) }
    return (.permit(.relaying), view.login.map { .value($0) } ?? .none)
  }

  /// Postfix tells the fingerprints of any certificate; that it is in the table is enough.
  private func clientcerts(_ view: RequestView, _ tables: TableSet) -> (Finding, TraceStep.Evidence) {
    for attribute in [PolicyAttribute.ccertPubkeyFingerprint, .ccertFingerprint] {
      guard let print = view.request[attribute], !print.isEmpty else { continue }
      let key = AccessKeys.Key(bytes: Array(print), isPartial: false)
      for table in domains.relayClientcerts {
        switch tables.search([key], in: table) {
        case .found(let value, let key): return (.permit(.relaying), .row(table, key: key, value: value))
        case .missing: continue
        case .failed: return (.fail(ListWalk.lookupFailure), .failure(table))
        }
      }
    }
    return (.dunno, .none)
  }

  // MARK: HELO

  private func nonFQDNHelo(_ view: RequestView) -> (Finding, TraceStep.Evidence) {
    guard let helo = view.heloName else { return (.dunno, .none) }
    if helo.first == UInt8(ascii: "[") { return literal(helo) }
    let name = HostSyntax.withoutTrailingDot(helo)
    if HostSyntax.isHostname(name), name.contains(UInt8(ascii: ".")) { return (.dunno, .value(Array(helo))) }
    return (
      .refuse(refusal(parameters.nonFQDNRejectCode, (5, 5, 2), "need fully-qualified hostname")),
      .value(Array(helo))
    )
  }

  private func invalidHelo(_ view: RequestView) -> (Finding, TraceStep.Evidence) {
    guard let helo = view.heloName else { return (.dunno, .none) }
    if helo.first == UInt8(ascii: "[") { return literal(helo) }
    let name = HostSyntax.withoutTrailingDot(helo)
    if HostSyntax.isHostname(name) || HostSyntax.isAddress(name) { return (.dunno, .value(Array(helo))) }
    return (
      .refuse(refusal(parameters.invalidHostnameRejectCode, (5, 5, 2), "Invalid name")), .value(Array(helo))
    )
  }

  func literal(_ helo: ArraySlice<UInt8>) -> (Finding, TraceStep.Evidence) {
    if HostSyntax.isLiteral(helo) { return (.dunno, .value(Array(helo))) }
    return (
      .refuse(refusal(parameters.invalidHostnameRejectCode, (5, 5, 2), "invalid ip address")),
      .value(Array(helo))
    )
  }

  // MARK: Addresses

  private func nonFQDN(_ address: MailAddress?) -> (Finding, TraceStep.Evidence) {
    guard let address else { return (.dunno, .none) }
    let domain = address.domain ?? []
    if HostSyntax.literal(domain) != nil { return (.dunno, .value(address.bytes)) }
    let name = HostSyntax.withoutTrailingDot(domain)
    if HostSyntax.isMailDomain(name), name.contains(UInt8(ascii: ".")) {
      return (.dunno, .value(address.bytes))
    }
    return (
      .refuse(refusal(parameters.nonFQDNRejectCode, (5, 5, 2), "need fully-qualified address")),
      .value(address.bytes)
    )
  }

  private func unauthDestination(
    _ view: RequestView, _ tables: TableSet, _ code: Int, _ kind: Int
  ) -> (Finding, TraceStep.Evidence) {
    destination(
      view, tables, ours: .dunno,
      elsewhere: .refuse(refusal(max(code, 400), (kind, 7, 1), "Relay access denied")))
  }

  private func destination(
    _ view: RequestView, _ tables: TableSet, ours: Finding, elsewhere: Finding
  ) -> (Finding, TraceStep.Evidence) {
    let evidence = TraceStep.Evidence.value(view.recipient?.bytes ?? [])
    switch destination(view, tables) {
    case nil: return (.dunno, .none)
    case .local, .authorized: return (ours, evidence)
    case .elsewhere: return (elsewhere, evidence)
    case .failed(let table): return (.fail(ListWalk.lookupFailure), .failure(table))
    }
  }

  /// Where the recipient's mail goes; nil when there is none, or more than one.
  func destination(_ view: RequestView, _ tables: TableSet) -> MailDomains.Destination? {
    guard let recipient = view.recipient else { return nil }
    guard let address = qualified(recipient) else { return .elsewhere }
    return domains.destination(of: address, parameters, tables)
  }

  func qualified(_ address: MailAddress) -> QualifiedAddress? {
    QualifiedAddress(
      address, origin: domains.myorigin, delimiters: Array(parameters.recipientDelimiter.utf8))
  }

  /// Whether an address leads on from its domain.
  func isRouted(_ address: MailAddress?) -> Bool {
    address.flatMap(qualified)?.isRouted ?? false
  }
}
