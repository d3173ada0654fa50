import Policy

/// What a restriction asks of lists in the DNS.
enum DNSListCall: Equatable {
  /// One list.
  case zone(ListedZone)
  /// The lists of a table `[dnsbl.NAME]`.
  case weighted(String)

  /// Nil for a restriction that asks no such list.
  init?(_ restriction: Restriction) {
    switch restriction {
    case .rejectListed(_, let zone), .permitListed(_, let zone): self = .zone(zone)
    case .checkDNSBL(let name): self = .weighted(name)
    default: return nil
    }
  }

  /// Whether `restriction` refuses a client for its address, whoever stands behind it.
  static func refusesAddresses(_ restriction: Restriction) -> Bool {
    switch restriction {
    case .rejectListed(.client, _), .checkDNSBL: true
    default: false
    }
  }
}
