/// What the DNS says to a question, once aliases have been followed.
package enum DNSAnswer: Hashable, Sendable {
  /// Records of the type that was asked for: at least one, in the order of the answer.
  case records([DNSRecord])
  /// The name is there, with records of other types at most.
  case noRecords
  /// NXDOMAIN: there is no such name.
  case noName
  /// Nobody knows: neither a *yes* nor a *no*.
  case failed(DNSFailure)

  /// What was found, if anything was.
  package var found: [DNSRecord] {
    if case .records(let records) = self { records } else { [] }
  }
}

/// One record's data.
package enum DNSRecord: Hashable, Sendable {
  /// Of an A or AAAA record.
  case address(IPAddress)
  /// Of an MX record; the root for a domain that takes no mail (RFC 7505).
  case exchanger(DomainName, preference: UInt16)
  /// Of an NS or PTR record.
  case host(DomainName)
  /// The character strings of a TXT record, joined.
  case text([UInt8])
}

/// Why a question has no answer.
package enum DNSFailure: String, Error, Hashable, Sendable, CustomStringConvertible {
  /// No server answered in time.
  case timeout
  /// SERVFAIL.
  case serverFailure
  /// REFUSED, or a code that makes no sense.
  case refused
  /// An answer that can't be read, or that is beyond our limits.
  case unusable
  /// Aliases that lead to more aliases than anybody needs, or in a circle.
  case aliases
  /// No server can be reached.
  case unreachable
  /// Nobody was asked: too many questions, or too many who ask the same, wait already.
  case overload

  package var description: String {
    switch self {
    case .timeout: "no answer in time"
    case .serverFailure: "server failure"
    case .refused: "refused"
    case .unusable: "unusable answer"
    case .aliases: "too many aliases"
    case .unreachable: "no server can be reached"
    case .overload: "too many questions at once"
    }
  }
}
