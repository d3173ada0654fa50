import MailTypes

extension MailPolicy {
  /// Shows that a list permits no stranger.
  ///
  /// A permit ends only its own list: the question is one for lists that are asked at RCPT for relaying or for the
  /// recipient.
  ///
  /// - Parameters:
  ///   - list: one of `lists`.
  ///   - tables: those that could be read; another one may say anything.
  /// - Returns: a path when there may be one.
  package func proveClosed(_ list: RestrictionList, tables: TableSet) -> RelayProof {
    var state = StrangerWalk.State()
    let walk = StrangerWalk(policy: self, tables: tables, services: OwnServices())
    return walk.walk(list, &state).permits.map { .open($0) } ?? .closed
  }

  /// What a service with this list may answer a stranger.
  ///
  /// What can't be found out at the time of a request is among the answers: a greylist without its store lets him
  /// pass, and a table that can't be used may say anything.
  package func answerToStrangers(of list: RestrictionList, tables: TableSet) -> StrangerAnswer {
    var state = StrangerWalk.State()
    let outcomes = StrangerWalk(policy: self, tables: tables, services: OwnServices()).walk(list, &state)
    return outcomes.goesOn || outcomes.permits != nil ? .mayPass : .refuses
  }

  /// Shows that lists of main.cf, which all have to permit, let no stranger through: `smtpd_relay_restrictions` and
  /// `smtpd_recipient_restrictions`.
  ///
  /// - Parameters:
  ///   - lists: read in main.cf's dialect; those that are empty permit.
  ///   - tables: those that could be read; another one may say anything.
  ///   - services: what our own services answer.
  /// - Returns: a path through all of them when there may be one.
  package func proveHostClosed(
    _ lists: [RestrictionList], tables: TableSet, services: OwnServices
  ) -> RelayProof {
    let walk = StrangerWalk(policy: self, tables: tables, services: services)
    var path: [ProofStep] = []
    for list in lists {
      var state = StrangerWalk.State()
      let outcomes = walk.walk(list, &state)
      if let permits = outcomes.permits {
        path += permits
      } else if outcomes.goesOn, !state.isDeferred {
        path += list.steps.map {
          ProofStep(list: list.name, item: $0.item, restriction: $0.restriction, reason: .passes)
        }
        path.append(ProofStep(list: list.name, item: 0, restriction: nil, reason: .end))
      } else {
        return .closed
      }
    }
    return .open(path)
  }

  /// Whether a row of a table never applies to a stranger for a recipient elsewhere.
  func excludesStrangers(_ row: TableRow, _ subject: AccessSubject, _ tables: TableSet) -> Bool {
    switch (subject, row.key) {
    case (.client, .network(let network)): domains.mynetworks.covers(network)
    case (.recipient, .exact(let key)): isOurs(key, tables)
    default: false
    }
  }

  /// Whether every recipient that a key matches is one of ours, or goes on from there, which permits nothing.
  private func isOurs(_ key: [UInt8], _ tables: TableSet) -> Bool {
    if let at = key.lastIndex(of: UInt8(ascii: "@")) {
      return isOurs(domain: Array(key[(at + 1)...]), tables)
    }
    switch parameters.accessParents {
    case .parent: return isOurs(domain: key, tables) && coversSubdomains(of: key)
    case .dotParent:
      return key.first == UInt8(ascii: ".")
        ? coversSubdomains(of: Array(key.dropFirst())) : isOurs(domain: key, tables)
    }
  }

  private func isOurs(domain: [UInt8], _ tables: TableSet) -> Bool {
    switch domains.destination(ofDomain: domain, parameters, tables) {
    case .local, .authorized: true
    case .elsewhere, .failed: false
    }
  }

  private func coversSubdomains(of domain: [UInt8]) -> Bool {
    domains.relayDomains.coversSubdomains(of: domain, parents: parameters.relayParents)
  }
}
