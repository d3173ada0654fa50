import Policy

extension RestrictionCase {
  /// Clients whose names don't lead back to them, or who have none (checklist item 36).
  ///
  /// - Parameter code: what is said where that is known: `unknown_client_reject_code`, 450 unless it is set. What is
  ///   only unclear is put off whatever it says.
  /// - Returns: a list for each of the two restrictions.
  static func clientChecks(_ code: Int = 450) -> [RestrictionCase] {
    let named = "\(code) \(code / 100).7.25"
    let reversed = "\(code) \(code / 100).7.1"
    var confirmed = RestrictionCase("reject_unknown_client_hostname", at: .client)
    confirmed.rows = [
      .row(), nameless(31, named), nameless(32, "450 4.7.25") { $0.isNameUnclear = true },
      nameless(33, named) { $0.reverseName = "forged.dom.test" },
      nameless(34, "450 4.7.25") {
        $0.isNameUnclear = true
        $0.reverseName = "waits.dom.test"
      },
    ]
    var any = RestrictionCase("reject_unknown_reverse_client_hostname", at: .client)
    any.rows = [
      .row(), nameless(31, reversed, "reverse hostname"),
      nameless(32, "450 4.7.1", "reverse hostname") { $0.isNameUnclear = true },
      .row {
        $0.address = "192.0.2.33"
        $0.name = nil
        $0.reverseName = "forged.dom.test"
      },
    ]
    return [confirmed, any]
  }

  private static func nameless(
    _ number: Int, _ code: String, _ what: String = "hostname",
    _ change: @escaping (inout SMTPProbe) -> Void = { _ in }
  ) -> Row {
    let text = "Client host rejected: cannot find your \(what), [192.0.2.\(number)]"
    return .row(
      "\(code) \(text)", differs: "\(code) <unknown[192.0.2.\(number)]>: \(text)",
      because: .classBeforeText
    ) {
      $0.address = "192.0.2.\(number)"
      $0.name = nil
      $0.reverseName = nil
      change(&$0)
    }
  }
}
