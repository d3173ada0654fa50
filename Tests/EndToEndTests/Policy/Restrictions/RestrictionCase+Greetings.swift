extension RestrictionCase {
  private static let malformed = ["a..b", "-x.test", "x-.test", "1.2.3", "a+b.test"]
  private static let badLiterals = ["[300.1.1.1]", "[bogus]"]
  private static let literals = ["[192.0.2.1]", "[IPv6:2001:db8::1]"]

  private static func rejected(_ helo: String, _ text: String) -> Row {
    .greeting(helo, text.replacing("%", with: "<\(helo)>: Helo command rejected:"))
  }

  private static func greetings(_ list: String, _ rows: [Row]) -> RestrictionCase {
    var row = RestrictionCase(list, at: .helo)
    row.rows = rows
    return row
  }

  /// What clients call themselves.
  static let greetings = [
    greetings(
      "reject_invalid_helo_hostname",
      malformed.map { rejected($0, "501 5.5.2 % Invalid name") }
        + badLiterals.map { rejected($0, "501 5.5.2 % invalid ip address") }
        + (literals + ["host", "under_score.test", "192.0.2.1", "mx.test.", "mx.test"]).map { .greeting($0) }
        + [.greeting(nil)]),
    greetings(
      "reject_non_fqdn_helo_hostname",
      (malformed + ["host", "192.0.2.1"]).map { rejected($0, "504 5.5.2 % need fully-qualified hostname") }
        + badLiterals.map { rejected($0, "501 5.5.2 % invalid ip address") }
        + (literals + ["under_score.test", "mx.test.", "mx.test"]).map { .greeting($0) }
        + [.greeting(nil)]),
  ]
}
