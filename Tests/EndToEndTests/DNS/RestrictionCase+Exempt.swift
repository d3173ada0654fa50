import Policy

extension RestrictionCase {
  /// Lists of clients that needn't be greylisted, and of some that had better be.
  static let exemptNames = """
    2.0.0.127.wl.test A 127.0.0.2
    9.2.0.192.wl.test A 127.0.5.1
    10.2.0.192.wl.test A 127.0.5.2
    12.2.0.192.wl.test * SERVFAIL
    2.0.0.127.bl.test A 127.0.0.2
    10.2.0.192.bl.test A 127.0.0.2
    11.2.0.192.bl.test A 127.0.0.2
    """

  /// The weights that `check_dnsbl reputation` adds up: only the first of these clients is below zero.
  static let reputation = """
    [dnsbl.reputation]
    sites = ["wl.test=127.0.5.1*-2", "wl.test=127.0.5.2*-1", "bl.test"]
    threshold = 3

    """

  private static func greylisted(_ address: String) -> Row {
    .client(
      address,
      "450 4.2.0 <u@lab.example>: Recipient address rejected: Greylisted, see "
        + "http://postgrey.schweikert.ch/help/lab.example.html")
  }

  /// Postfix asks the first of our lists for a greylist, and the others have it as the last of their own restrictions.
  private static func exempt(_ list: String, native: String, _ rows: [Row]) -> RestrictionCase {
    var row = RestrictionCase(list + "check_greylist")
    row.native = native + "check_policy_service unix:postern/case0"
    row.rows = rows
    return row
  }

  static let exemptions = [
    exempt("", native: "", ["192.0.2.9", "192.0.2.10", "192.0.2.77"].map(greylisted)),
    exempt(
      "permit_dnswl_client wl.test, ", native: "permit_dnswl_client wl.test, ",
      [.client("192.0.2.9"), .client("192.0.2.10")]
        + ["192.0.2.11", "192.0.2.12", "192.0.2.77"].map(greylisted)),
    // No weight is Postfix's own; whom it permits are those for whom the sum speaks.
    exempt(
      "check_dnsbl reputation, ", native: "permit_dnswl_client wl.test=127.0.5.1, ",
      [.client("192.0.2.9")]
        + ["192.0.2.10", "192.0.2.11", "192.0.2.12", "192.0.2.77"].map(greylisted)),
  ]
}
