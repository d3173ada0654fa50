package import MailTypes

/// What an address means that a list in the DNS answers with.
package enum ListCode: Sendable, Equatable {
  /// Listed: one of 127.0.0.0/8 (RFC 5782).
  case listing
  /// The operator doesn't answer whoever asks: for a public resolver, for too many questions, or for what isn't in such
  /// a list.
  case refusal
  /// No list answers so.
  case senseless

  /// Operators' codes of refusal beyond those that all of them share, 127.255.255.0/24: these would else be codes.
  private static let refusals: [(operator: String, code: UInt32)] = [
    ("dnswl.org", 0x7F00_00FF), ("dbl.spamhaus.org", 0x7F00_01FF), ("dbl.dq.spamhaus.net", 0x7F00_01FF),
  ]
  private static let operators = refusals.compactMap { refusal in
    DomainName(refusal.operator).map { (name: $0, code: refusal.code) }
  }

  package init(_ address: IPAddress, of zone: DomainName) {
    guard case .v4(let bits) = address, bits >> 24 == 127 else {
      self = .senseless
      return
    }
    let isRefusal =
      bits >> 8 == 0x7FFF_FF || Self.operators.contains { $0.code == bits && zone.isWithin($0.name) }
    self = isRefusal ? .refusal : .listing
  }
}
