import MailTypes
import Policy

/// What a restriction asks of lists in the DNS.
enum DNSListCall: Equatable {
  /// One list.
  case zone(DomainName)
  /// The lists of a table `[dnsbl.NAME]`.
  case weighted(String)

  private static let keywords: Set<String> = [
    "reject_rbl_client", "reject_rhsbl_client", "reject_rhsbl_reverse_client", "reject_rhsbl_helo",
    "reject_rhsbl_sender", "reject_rhsbl_recipient", "permit_dnswl_client", "permit_rhswl_client",
  ]

  /// Nil for a restriction that asks no such list.
  init?(_ restriction: Restriction) {
    // Every restriction describes itself as it is written, whether it is evaluated here or only known by name.
    let words = restriction.description.split(separator: " ")
    guard words.count == 2 else { return nil }
    if words[0] == "check_dnsbl" {
      self = .weighted(String(words[1]))
    } else {
      guard Self.keywords.contains(String(words[0])),
        let zone = DomainName(String(words[1].prefix { $0 != "=" }))
      else { return nil }
      self = .zone(zone)
    }
  }

  /// Whether `restriction` refuses a client for its address, whoever stands behind it.
  static func refusesAddresses(_ restriction: Restriction) -> Bool {
    guard let call = DNSListCall(restriction) else { return false }
    if case .weighted = call { return true }
    return restriction.description.hasPrefix("reject_rbl_client ")
  }
}
