/// A restriction as it is written in a list, with the name that Postfix has now.
extension Restriction: CustomStringConvertible {
  package var description: String {
    switch self {
    case .warnIfReject(let softened): "warn_if_reject \(softened)"
    case .rejectSenderLoginMismatch(let check): check.rawValue
    case .checkAccess(let subject, let table): "\(subject.rawValue) \(table.shown)"
    case .checkServers(let access, let table): "\(access.name) \(table.shown)"
    case .checkDNSBL(let name): "check_dnsbl \(name)"
    case .rejectListed(let subject, let zone):
      "\(RestrictionKeyword.name(.rejects, subject) ?? "restriction") \(zone)"
    case .permitListed(let subject, let zone):
      "\(RestrictionKeyword.name(.permits, subject) ?? "restriction") \(zone)"
    case .list(let name): name.text
    case .foreign(let restriction): restriction.description
    default: RestrictionKeyword.name(of: self) ?? "restriction"
    }
  }

  /// Whether the description has another name for a zone than the restriction's own, or than its table.
  package var hidesZone: Bool {
    switch self {
    case .warnIfReject(let softened): softened.hidesZone
    case .rejectListed(_, let zone), .permitListed(_, let zone): zone.hidesName
    case .checkAccess(_, let table), .checkServers(_, let table): table.shown != table.description
    default: false
    }
  }
}
