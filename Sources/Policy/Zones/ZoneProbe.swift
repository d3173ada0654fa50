package import MailTypes

/// The test entries that a list in the DNS must have, and those that it must not have (RFC 5782, section 5).
package struct ZoneProbe: Sendable, Equatable {
  private let zone: DomainName
  /// What is asked, and whether a sound list has it.
  package let entries: [Entry]

  package struct Entry: Sendable, Hashable {
    package let question: DNSQuestion
    package let expectation: Expectation
  }

  package enum Expectation: Sendable, Hashable {
    /// A list of addresses may be one of IPv4, of IPv6, or of both: one of the two has to be listed.
    case addressListed
    case domainListed
    case notListed
  }

  /// The entries of a zone.
  ///
  /// - Parameters:
  ///   - zone: asked about addresses, domains or both.
  ///   - hasTestEntries: false for a list without those that must be there: only the others are asked for.
  package init(of zone: ConsultedZone, hasTestEntries: Bool = true) {
    self.zone = zone.name
    var entries: [(String, Expectation)] = []
    if zone.forAddresses {
      entries += [("127.0.0.2", .addressListed), ("127.0.0.1", .notListed)]
      entries += [("::ffff:7f00:2", .addressListed), ("::ffff:7f00:1", .notListed)]
    }
    if zone.forDomains { entries += [("test", .domainListed), ("invalid", .notListed)] }
    if !hasTestEntries { entries.removeAll { $0.1 != .notListed } }
    self.entries = entries.compactMap { text, expectation in
      let name = IPAddress(text).map(DomainName.init(reversed:)) ?? DomainName(text)
      return name?.within(zone.name).map { Entry(question: DNSQuestion($0, .a), expectation: expectation) }
    }
  }

  /// What the answers say of the zone.
  ///
  /// - Parameter answers: to each entry's question; one that is missing counts as failed.
  /// - Returns: sound, unless something shows that it isn't.
  package func judge(_ answers: [DNSQuestion: DNSAnswer]) -> Finding {
    // What is there, or may be: an entry without an answer says nothing.
    var found: Set<Expectation> = []
    var missing: Set<Expectation> = []
    var isSilent = true
    for entry in entries {
      let answer = answers[entry.question] ?? .failed(.timeout)
      if case .failed = answer {
        found.insert(entry.expectation)
        continue
      }
      isSilent = false
      let listing = ZoneListing(answer, of: zone)
      if let trouble = listing.trouble { return .unsound(trouble) }
      switch entry.expectation {
      case .notListed: if listing.isListed { return .unsound(.listsEverything) }
      case .addressListed, .domainListed:
        if listing.isListed { found.insert(entry.expectation) } else { missing.insert(entry.expectation) }
      }
    }
    if isSilent { return .unsound(.isDead) }
    return missing.isSubset(of: found) ? .sound : .unsound(.hasNoTestEntry)
  }

  package enum Finding: Sendable, Equatable {
    case sound
    case unsound(ZoneTrouble)
  }
}
