import MailTypes

/// `reject_sender_login_mismatch` and its relatives.
extension MailPolicy {
  func senderLogin(
    _ check: SenderLoginCheck, _ view: RequestView, _ tables: TableSet
  ) -> (Finding, TraceStep.Evidence) {
    let isConcerned = check != (view.login == nil ? .authenticated : .unauthenticated)
    guard isConcerned, let sender = view.filledSender, !domains.senderLoginMaps.isEmpty else {
      return (.dunno, .none)
    }
    let owners = owners(of: sender, tables)
    if case .failed(let table) = owners { return (.fail(ListWalk.lookupFailure), .failure(table)) }
    guard let login = view.login else { return notLoggedIn(owners, sender) }
    guard case .row(let table, let key, let value) = owners else {
      return check == .known ? (.dunno, .value(login)) : (.refuse(notOwned(by: login)), .value(login))
    }
    let evidence = TraceStep.Evidence.row(table, key: key, value: value)
    let isOwner = value.split(whereSeparator: ListWords.isSeparator).contains {
      $0.lowercasedASCII == login.lowercasedASCII
    }
    return isOwner ? (.dunno, evidence) : (.refuse(notOwned(by: login)), evidence)
  }

  private func notLoggedIn(_ owners: Owners, _ sender: MailAddress) -> (Finding, TraceStep.Evidence) {
    guard case .row(let table, let key, let value) = owners else {
      return (.dunno, .value(sender.bytes))
    }
    return (
      .refuse(refusal(553, (5, 7, 1), "not logged in")), .row(table, key: key, value: value)
    )
  }

  private func notOwned(by login: [UInt8]) -> Refusal {
    refusal(553, (5, 7, 1), ReplyText("not owned by user \(login.repairedText)") ?? AccessAction.denied)
  }

  private enum Owners {
    case row(TableName, key: [UInt8], value: [UInt8])
    case nobody
    case failed(TableName)
  }

  /// As `maps_find` does: a key is looked up in every map before the next key is.
  private func owners(of sender: MailAddress, _ tables: TableSet) -> Owners {
    guard let address = qualified(sender) else { return .nobody }
    let isLocal =
      address.domain == domains.myorigin?.lowercasedASCII
      || domains.destination(ofDomain: address.domain, parameters, tables) == .local
    for key in AccessKeys.login(address, isLocal: isLocal) {
      for table in domains.senderLoginMaps {
        switch tables.search([key], in: table) {
        case .found(let value, let key): return .row(table, key: key, value: value)
        case .missing: continue
        case .failed: return .failed(table)
        }
      }
    }
    return .nobody
  }
}
