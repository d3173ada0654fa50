import MailTypes

/// `check_…_{ns,mx,a}_access`: the names of a domain's servers in a table, then their addresses.
extension MailPolicy {
  /// So many servers of a domain are looked at.
  static let mostServers = 20
  /// So many names up a domain's name servers are looked for: one question after the other.
  private static let mostParents = 10
  /// So many addresses of them all.
  static let mostAddresses = 100

  /// Looks a domain's servers up in a table; nil when answers have to be waited for.
  func search(_ access: ServerAccess, _ table: TableName, _ walk: inout ListWalk) -> ServerSearch? {
    guard let domain = domain(access.subject, walk.view), !domain.isEmpty else { return .missing }
    if let address = Self.address(domain) {
      // An address is its own mail host, and nobody's name server.
      return access.kind == .ns ? .missing : search(AccessKeys.address(address), table, walk)
    }
    guard let name = HostSyntax.domainName(domain) else { return .missing }
    switch servers(of: name, access.kind, &walk) {
    case nil: return nil
    case .ended(let search): return search
    case .hosts(let servers): return search(servers, named: access.kind != .a, table, &walk)
    }
  }

  /// Whose servers are asked about; nil when the request doesn't have it.
  private func domain(_ subject: ServerAccess.Subject, _ view: RequestView) -> ArraySlice<UInt8>? {
    func domain(_ address: MailAddress?) -> ArraySlice<UInt8>? {
      address.flatMap { $0.isNull ? nil : $0.domain ?? $0.bytes[...] }
    }
    return switch subject {
    case .client: view.request.clientName
    case .reverseClient: view.request.reverseClientName
    case .helo: view.heloName
    case .sender: domain(view.sender)
    case .recipient: domain(view.recipient)
    }
  }

  /// The address that stands in place of a domain, with brackets or without.
  private static func address(_ domain: ArraySlice<UInt8>) -> [UInt8]? {
    if HostSyntax.isAddress(domain) { return Array(domain) }
    guard HostSyntax.isLiteral(domain), let inner = HostSyntax.literal(domain) else { return nil }
    return Array(inner.contains(UInt8(ascii: ":")) ? inner.dropFirst("ipv6:".utf8.count) : inner)
  }

  // MARK: Servers

  private enum Servers {
    case hosts([DomainName])
    /// Nothing to look up.
    case ended(ServerSearch)
  }

  private func servers(
    of domain: DomainName, _ kind: ServerAccess.Kind, _ walk: inout ListWalk
  ) -> Servers? {
    switch kind {
    case .a: return .hosts([domain])
    case .mx:
      let question = DNSQuestion(domain, .mx)
      return walk.answer(to: question).map { Self.servers($0, question, without: .hosts([domain])) }
    case .ns: return nameServers(of: domain, &walk)
    }
  }

  /// A host's name has none of its own: those of the domain that it is in are asked for.
  private func nameServers(of domain: DomainName, _ walk: inout ListWalk) -> Servers? {
    var name = domain
    for _ in 0..<Self.mostParents {
      let question = DNSQuestion(name, .ns)
      guard let answer = walk.answer(to: question) else { return nil }
      if answer != .noName, answer != .noRecords {
        return Self.servers(answer, question, without: .ended(.missing))
      }
      guard let parent = name.parent, !parent.isRoot else { break }
      name = parent
    }
    return .ended(.missing)
  }

  private static func servers(_ answer: DNSAnswer, _ question: DNSQuestion, without: Servers) -> Servers {
    switch answer {
    case .noName, .noRecords: return without
    case .failed(let failure): return .ended(.unknown(question, failure))
    case .records(let records):
      let names = records.compactMap { record -> DomainName? in
        switch record {
        case .exchanger(let name, _), .host(let name): name
        case .address, .text: nil
        }
      }
      // One that takes no mail has no mail host.
      return names.contains(where: \.isRoot) ? .ended(.missing) : .hosts(Array(names.prefix(mostServers)))
    }
  }

  // MARK: The table

  /// Server by server, as Postfix does: the name, then its addresses.
  private func search(
    _ servers: [DomainName], named: Bool, _ table: TableName, _ walk: inout ListWalk
  ) -> ServerSearch? {
    var unknown: ServerSearch?
    var count = 0
    for (index, server) in servers.enumerated() {
      if HostSyntax.isAddress(server.bytes[...]) {
        let result = search(AccessKeys.address(server.bytes), table, walk)
        if result != .missing { return result }
        continue
      }
      if named {
        let keys = AccessKeys.domain(server.bytes, parents: parameters.accessParents)
        let result = search(keys, table, walk)
        if result != .missing { return result }
      }
      for type in [DNSRecordType.a, .aaaa] {
        let question = DNSQuestion(server, type)
        guard let answer = walk.answer(to: question) else {
          ask(servers[index...], &walk)
          return nil
        }
        if case .failed(let failure) = answer { unknown = unknown ?? .unknown(question, failure) }
        for case .address(let address) in answer.found {
          count += 1
          if count > Self.mostAddresses { return unknown ?? .missing }
          let result = search(AccessKeys.address(Array("\(address)".utf8)), table, walk)
          if result != .missing { return result }
        }
      }
    }
    return unknown ?? .missing
  }

  /// Asks for the addresses of all servers at once.
  private func ask(_ servers: ArraySlice<DomainName>, _ walk: inout ListWalk) {
    for server in servers where !HostSyntax.isAddress(server.bytes[...]) {
      _ = walk.answer(to: DNSQuestion(server, .a))
      _ = walk.answer(to: DNSQuestion(server, .aaaa))
    }
  }

  private func search(_ keys: [AccessKeys.Key], _ table: TableName, _ walk: ListWalk) -> ServerSearch {
    switch walk.facts.tables.search(keys, in: table) {
    case .found(let value, let key): .found(value: value, key: key)
    case .missing: .missing
    case .failed: .failed
    }
  }
}
