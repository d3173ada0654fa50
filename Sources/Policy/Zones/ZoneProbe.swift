package import MailTypes

/// The test entries that a list in the DNS must have, and those that it must not have (RFC 5782, section 5).
package struct ZoneProbe: Sendable, Equatable {
  /// What is asked, and whether a sound list has it.
  package let entries: [Entry]

  package struct Entry: Sendable, Hashable {
    package let question: DNSQuestion
    package let expectation: Expectation
  }

  package enum Expectation: Sendable, Hashable {
    case listed
    case notListed
    /// A list may know nothing of IPv6.
    case mayBeListed
  }

  package init(of zone: ConsultedZone) {
    var entries: [(String, Expectation)] = []
    if zone.forAddresses {
      entries += [("127.0.0.2", .listed), ("127.0.0.1", .notListed)]
      entries += [("::ffff:7f00:2", .mayBeListed), ("::ffff:7f00:1", .notListed)]
    }
    if zone.forDomains { entries += [("test", .listed), ("invalid", .notListed)] }
    self.entries = entries.compactMap { text, expectation in
      let name = IPAddress(text).map(DomainName.init(reversed:)) ?? DomainName(text)
      return name?.within(zone.name).map { Entry(question: DNSQuestion($0, .a), expectation: expectation) }
    }
  }

  /// What the answers say of the zone.
  ///
  /// - Parameter answers: to each entry's question; one that is missing counts as failed.
  package func judge(_ answers: [DNSQuestion: DNSAnswer]) -> Finding {
    var isMute = false
    var isSilent = true
    for entry in entries {
      let answer = answers[entry.question] ?? .failed(.timeout)
      if case .failed = answer { continue }
      isSilent = false
      let listing = ZoneListing(answer)
      if let trouble = listing.trouble { return .unsound(trouble) }
      switch entry.expectation {
      case .listed: if !listing.isListed { isMute = true }
      case .notListed: if listing.isListed { return .unsound(.listsEverything) }
      case .mayBeListed: break
      }
    }
    if isSilent { return .unsound(.isDead) }
    return isMute ? .unsound(.hasNoTestEntry) : .sound
  }

  package enum Finding: Sendable, Equatable {
    case sound
    case unsound(ZoneTrouble)
  }
}
