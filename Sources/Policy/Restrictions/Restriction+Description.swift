/// A restriction as it is written in a list, with the name that Postfix has now.
extension Restriction: CustomStringConvertible {
  package var description: String {
    switch self {
    case .warnIfReject(let softened): "warn_if_reject \(softened)"
    case .rejectSenderLoginMismatch(let check): check.rawValue
    case .checkAccess(let subject, let table): "\(subject.rawValue) \(table)"
    case .list(let name): name.text
    case .foreign(let restriction): restriction.description
    default: RestrictionKeyword.name(of: self) ?? "restriction"
    }
  }
}
