import MailTypes

extension MailDomains {
  /// Whether mail for an address ends here or is relayed by agreement.
  enum Destination: Equatable {
    /// One of `mydestination`, or an address of this host.
    case local
    /// One of the virtual domains or of `relay_domains`.
    case authorized
    case elsewhere
    case failed(TableName)
  }

  func destination(of address: QualifiedAddress, _ parameters: PolicyParameters, _ tables: TableSet)
    -> Destination
  {
    // A way that leads on from here ends elsewhere, whatever its first stop is.
    if address.isRouted { return .elsewhere }
    return destination(ofDomain: address.domain, parameters, tables)
  }

  func destination(ofDomain domain: [UInt8], _ parameters: PolicyParameters, _ tables: TableSet)
    -> Destination
  {
    if isOwnLiteral(domain) { return .local }
    let lists: [(Destination, MatchList.Answer)] = [
      (.local, mydestination.contains(name: domain, tables: tables)),
      (.authorized, virtualAliasDomains.contains(name: domain, tables: tables)),
      (.authorized, virtualMailboxDomains.contains(name: domain, tables: tables)),
      (.authorized, relayDomains.contains(domain: domain, parents: parameters.relayParents, tables: tables)),
    ]
    for (destination, answer) in lists {
      switch answer {
      case .yes: return destination
      case .no: continue
      case .failed(let table): return .failed(table)
      }
    }
    return .elsewhere
  }

  /// Whether mail for a domain ends here, and isn't only relayed: then nobody asks whether the domain exists.
  func isFinal(_ domain: [UInt8], _ tables: TableSet) -> MatchList.Answer {
    for list in [mydestination, virtualAliasDomains, virtualMailboxDomains] {
      let answer = list.contains(name: domain, tables: tables)
      if answer != .no { return answer }
    }
    return .no
  }

  private func isOwnLiteral(_ domain: [UInt8]) -> Bool {
    guard var literal = HostSyntax.literal(domain[...]) else { return false }
    if literal.starts(with: "ipv6:".utf8) { literal = literal.dropFirst(5) }
    return IPAddress(literal).map { ownAddresses.contains($0.unmapped) } ?? false
  }
}
