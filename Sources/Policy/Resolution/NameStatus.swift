package import MailTypes

/// What asking the DNS about a name comes to, as Postfix sees it.
package enum NameStatus: Equatable, Sendable {
  case found
  /// Nobody knows now.
  case failed(DNSFailure)
  /// Its mail hosts have names that no host can have.
  case malformed
  /// It says that it takes no mail (RFC 7505).
  case nullMX
  /// There is no such name, or nothing of the kinds that were asked for.
  case notFound

  /// Of the answer to one question.
  init(_ answer: DNSAnswer) {
    switch answer {
    case .noName, .noRecords: self = .notFound
    case .failed(let failure): self = .failed(failure)
    case .records(let records):
      let hosts = records.compactMap { record -> DomainName? in
        if case .exchanger(let host, _) = record { host } else { nil }
      }
      if hosts.isEmpty {
        self = .found
      } else if hosts.contains(where: \.isRoot) {
        self = .nullMX
      } else {
        self = hosts.contains { HostSyntax.isHostOrAddress($0.bytes[...]) } ? .found : .malformed
      }
    }
  }

  /// Which one holds when several questions come to different ones: the highest.
  private var rank: Int {
    switch self {
    case .found: 4
    case .failed: 3
    case .malformed: 2
    case .nullMX: 1
    case .notFound: 0
    }
  }

  func joined(with other: NameStatus) -> NameStatus { other.rank > rank ? other : self }
}

extension NameStatus: CustomStringConvertible {
  package var description: String {
    switch self {
    case .found: "found"
    case .failed(let failure): "\(failure)"
    case .malformed: "its mail hosts have no names of hosts"
    case .nullMX: "it takes no mail"
    case .notFound: "not found"
    }
  }
}

extension ListWalk {
  /// Asks for records of several types, all at once, and looks at the answers in this order.
  ///
  /// - Parameters:
  ///   - name: nil for what can't be a host's: it isn't found, and nobody is asked.
  ///   - types: what would do.
  ///   - ends: what makes the other types unimportant.
  /// - Returns: nil when answers have to be waited for.
  mutating func status(
    of name: DomainName?, _ types: [DNSRecordType], endingWith ends: (NameStatus) -> Bool
  ) -> NameStatus? {
    guard let name else { return .notFound }
    var status = NameStatus.notFound
    for (index, type) in types.enumerated() {
      guard let answer = answer(to: DNSQuestion(name, type)) else {
        for later in types[(index + 1)...] { _ = self.answer(to: DNSQuestion(name, later)) }
        return nil
      }
      let found = NameStatus(answer)
      if ends(found) { return found }
      status = status.joined(with: found)
    }
    return status
  }
}
