package import MailTypes

/// What a list in the DNS says of a name or an address.
package enum ZoneAnswer: Equatable, Sendable {
  case unlisted
  /// Listed, with these codes.
  case listed([IPAddress])
  /// Listed, but with no code that counts.
  case filtered([IPAddress])
  /// An answer that no list gives: outside 127.0.0.0/8, or one of the codes with which an operator refuses to answer.
  /// The list may be gone, or take us for a public resolver.
  case senseless([IPAddress])
  case failed(DNSFailure)
  /// It isn't asked for now, for this reason.
  case aside(ZoneTrouble)

  var isListed: Bool { if case .listed = self { true } else { false } }

  /// What the answer to a question for A records says.
  init(_ answer: DNSAnswer, of zone: ListedZone) {
    switch answer {
    case .noName, .noRecords: self = .unlisted
    case .failed(let failure): self = .failed(failure)
    case .records(let records):
      let codes = ZoneListing(answer, of: zone.name).codes
      if codes.isEmpty {
        self = .senseless(records.compactMap { if case .address(let address) = $0 { address } else { nil } })
      } else {
        self = codes.contains(where: zone.filter.matches) ? .listed(codes) : .filtered(codes)
      }
    }
  }
}

extension ZoneAnswer: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unlisted: "not listed"
    case .listed(let codes): "listed: \(Self.text(codes))"
    case .filtered(let codes): "listed with another code: \(Self.text(codes))"
    case .senseless(let answers): "not counted: \(Self.text(answers)) is no code of a list"
    case .failed(let failure): "\(failure)"
    case .aside(let trouble): "set aside: \(trouble)"
    }
  }

  /// So many that a line stays one.
  private static func text(_ addresses: [IPAddress]) -> String {
    let shown = addresses.prefix(8).map { "\($0)" }.joined(separator: " ")
    return addresses.count > 8 ? "\(shown) …" : shown
  }
}
