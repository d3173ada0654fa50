import MailTypes

/// `reject_unknown_client_hostname` and `reject_unknown_reverse_client_hostname`.
///
/// Postfix tells only that a name is unknown, not whether it is for now: we ask again, and know the difference.
extension MailPolicy {
  /// So many names of one address are looked at.
  private static let mostNames = 10

  func unknownClient(_ walk: inout ListWalk) -> (Finding, TraceStep.Evidence) {
    guard walk.view.request.clientName == nil else { return (.dunno, .value(walk.view.clientName)) }
    guard let address = walk.view.clientAddress else { return unknownClient(.failed(.unusable), walk.view) }
    guard let status = confirmedName(of: address, &walk) else { return (.unanswered, .none) }
    return unknownClient(status, walk.view)
  }

  func unknownReverseClient(_ walk: inout ListWalk) -> (Finding, TraceStep.Evidence) {
    if let name = walk.view.request.reverseClientName { return (.dunno, .value(Array(name))) }
    let text = "cannot find your reverse hostname"
    guard let address = walk.view.clientAddress else {
      return unknown((4, 7, 1), text, .failed(.unusable), walk.view)
    }
    guard let names = names(of: address, &walk) else { return (.unanswered, .none) }
    return switch names {
    case .success: unknown((4, 7, 1), text, .found, walk.view)
    case .failure(let status): unknown((4, 7, 1), text, status.status, walk.view)
    }
  }

  private func unknownClient(_ status: NameStatus, _ view: RequestView) -> (Finding, TraceStep.Evidence) {
    unknown((4, 7, 25), "cannot find your hostname", status, view)
  }

  /// Temporary trouble defers at once, as in Postfix: no later restriction is told of it.
  private func unknown(
    _ status: (Int, Int, Int), _ text: String, _ name: NameStatus, _ view: RequestView
  ) -> (Finding, TraceStep.Evidence) {
    let evidence = TraceStep.Evidence.name(view.clientAddressText, name)
    if name == .found { return (.dunno, evidence) }
    var code = parameters.unknownClientRejectCode
    if case .failed = name { code = 450 }
    let shown = ReplyText("\(text), [\(view.clientAddressText.repairedText)]") ?? AccessAction.denied
    return (.refuse(refusal(code, status, shown)), evidence)
  }

  // MARK: Names

  private struct Nameless: Error { let status: NameStatus }

  /// Whether one of an address's names has that address; nil when answers have to be waited for.
  private func confirmedName(of address: IPAddress, _ walk: inout ListWalk) -> NameStatus? {
    let hosts: [DomainName]
    if let reverse = walk.view.request.reverseClientName {
      hosts = HostSyntax.domainName(reverse).map { [$0] } ?? []
    } else {
      switch names(of: address, &walk) {
      case nil: return nil
      case .failure(let nameless): return nameless.status
      case .success(let names): hosts = names
      }
    }
    let type: DNSRecordType = address.width == 32 ? .a : .aaaa
    let answers = hosts.map { walk.answer(to: DNSQuestion($0, type)) }
    if answers.contains(where: { $0?.found.contains(.address(address)) == true }) { return .found }
    if answers.contains(nil) { return nil }
    return answers.lazy.compactMap(\.self).map { NameStatus($0) }
      .reduce(.notFound) { status, next in next == .found ? status : status.joined(with: next) }
  }

  /// The names of an address that can be a host's; nil when the answer has to be waited for.
  private func names(of address: IPAddress, _ walk: inout ListWalk) -> Result<[DomainName], Nameless>? {
    guard let answer = walk.answer(to: DNSQuestion(DomainName(pointerOf: address), .ptr)) else { return nil }
    if case .failed(let failure) = answer { return .failure(Nameless(status: .failed(failure))) }
    let names = answer.found.compactMap { record -> DomainName? in
      guard case .host(let name) = record, HostSyntax.isHostname(name.bytes[...]) else { return nil }
      return name
    }
    return names.isEmpty
      ? .failure(Nameless(status: .notFound)) : .success(Array(names.prefix(Self.mostNames)))
  }
}
