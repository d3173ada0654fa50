import Policy

extension RestrictionCase {
  private static func nameless(_ code: String, _ text: String, isNamed: Bool) -> Row {
    .row(
      "\(code) Client host rejected: cannot find your \(text), [192.0.2.77]",
      differs: "\(code) <unknown[192.0.2.77]>: Client host rejected: cannot find your \(text), [192.0.2.77]",
      because: .classBeforeText
    ) {
      $0.name = nil
      if !isNamed { $0.reverseName = nil }
    }
  }

  /// Clients whose address has no name.
  static let clients = [
    RestrictionCase(
      "reject_unknown_client_hostname", at: .client, .row(),
      nameless("450 4.7.25", "hostname", isNamed: true), nameless("450 4.7.25", "hostname", isNamed: false)),
    RestrictionCase(
      "reject_unknown_reverse_client_hostname", at: .client, .row(),
      nameless("450 4.7.1", "reverse hostname", isNamed: false), .row { $0.name = nil }),
  ]
}
