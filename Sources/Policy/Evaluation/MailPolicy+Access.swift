import MailTypes

/// The lookups of `check_…_access`.
extension MailPolicy {
  /// Looks the subject up in a table.
  ///
  /// - Returns: nil when the request has nothing to look up.
  func search(
    _ subject: AccessSubject, _ table: TableName, _ view: RequestView, _ tables: TableSet
  ) -> TableSet.Search? {
    keys(subject, view).map { tables.search($0, in: table) }
  }

  private func keys(_ subject: AccessSubject, _ view: RequestView) -> [AccessKeys.Key]? {
    let parents = parameters.accessParents
    switch subject {
    case .client:
      return AccessKeys.host(
        name: Array(view.request[.clientName] ?? []), address: view.clientAddressText, parents: parents)
    case .reverseClient:
      return AccessKeys.host(
        name: Array(view.request[.reverseClientName] ?? []), address: view.clientAddressText, parents: parents
      )
    case .helo: return view.heloName.map { AccessKeys.domain(Array($0), parents: parents) }
    case .sender:
      guard let sender = view.sender else { return nil }
      if sender.isNull {
        return [AccessKeys.Key(bytes: Array(parameters.nullAccessLookupKey.utf8), isPartial: false)]
      }
      return mailKeys(sender, parents)
    case .recipient: return view.recipient.map { mailKeys($0, parents) }
    case .sasl: return view.login.map { [AccessKeys.Key(bytes: $0, isPartial: false)] }
    }
  }

  /// Nothing for an address without a domain while nobody has told ours.
  private func mailKeys(_ address: MailAddress, _ parents: ParentStyle) -> [AccessKeys.Key] {
    qualified(address).map { AccessKeys.mail($0, parents: parents) } ?? []
  }

  /// What an action of a table says.
  func finding(_ action: AccessAction) -> Finding {
    switch action {
    case .dunno, .effect, .discard, .restrictions: .dunno
    case .permit: .permit(.thisList)
    case .refuse(let code, let status, let text): .refuse(Refusal(self.code(code), status, text))
    case .deferIfPermit(let status, let text): .deferIfPermit(Refusal(self.code(.defer), status, text))
    case .deferIfReject(let status, let text): .deferIfReject(Refusal(self.code(.defer), status, text))
    }
  }

  private func code(_ code: AccessAction.Code) -> StatusCode {
    switch code {
    case .reject: self.code(parameters.accessMapRejectCode)
    case .defer: self.code(parameters.accessMapDeferCode)
    case .fixed(let code): code
    }
  }
}

extension AccessAction {
  /// An action that is known already, as greylisting's answer is.
  init(_ action: PolicyAction) {
    func split(_ text: ReplyText?, _ status: EnhancedStatus, _ usual: ReplyText) -> (
      EnhancedStatus, ReplyText
    ) {
      Self.split(text?.bytes[...] ?? [], status, usual)
    }
    let temporary = EnhancedStatus(4, 7, 1)
    switch action {
    case .dunno: self = .dunno
    case .ok: self = .permit
    case .reject(let text):
      let (status, text) = split(text, EnhancedStatus(5, 7, 1), Self.denied)
      self = .refuse(.reject, status, text)
    case .defer(let text):
      let (status, text) = split(text, temporary, Self.denied)
      self = .refuse(.defer, status, text)
    case .deferIfPermit(let text):
      let (status, text) = split(text, temporary, Self.unavailable)
      self = .deferIfPermit(status, text)
    case .deferIfReject(let text):
      let (status, text) = split(text, temporary, Self.unavailable)
      self = .deferIfReject(status, text)
    case .status(let code, let text):
      let (status, text) = split(text, EnhancedStatus(code.value / 100, 7, 1), Self.denied)
      self = .refuse(.fixed(code), status, text)
    case .discard(let text): self = .discard(text)
    case .prepend, .hold, .info, .warn, .filter, .redirect, .bcc: self = .effect(action)
    }
  }
}
