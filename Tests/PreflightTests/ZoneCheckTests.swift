import Policy
import Testing

@testable import Preflight

struct ZoneCheckTests {
  /// The findings about a list `recipient` that can call a list `residential`.
  private static func findings(_ items: [String], known: String = "") -> [Finding] {
    let lists = RestrictionLists.read(
      policies: [(ListName("recipient"), items)],
      named: [(ListName("residential"), ["permit_mynetworks", "reject_rbl_client pbl.example"])],
      weightedLists: ["reputation"]
    ).lists
    return ZoneCheck(known: KnownZones(Array(known.utf8))) { list, item, reason in
      "\(list) \(item): \(reason)"
    }
    .findings(in: lists)
  }

  @Test func `a zone that is asked in vain is named where it stands`() {
    let findings = Self.findings(
      [
        "permit_mynetworks, reject_rbl_client fine.example",
        "warn_if_reject reject_rhsbl_helo sub.gone.example",
      ],
      known: "gone.example shut-down 2024-06 -\npbl.example superseded - zen.example\n")
    #expect(
      findings.map(\.description) == [
        """
        warning: recipient 2: reject_rhsbl_helo sub.gone.example: gone.example is shut down (2024-06); \
        mend: remove it: it finds nobody, or one day everybody
        """,
        """
        warning: residential 2: reject_rbl_client pbl.example: pbl.example is superseded; \
        mend: ask zen.example instead
        """,
      ])
  }

  @Test(arguments: [
    (
      ["reject_rbl_client a.example", "permit_sasl_authenticated"], "recipient 1", "permit_sasl_authenticated"
    ),
    (
      ["permit_mynetworks", "reject_rbl_client a.example", "permit_sasl_authenticated"], "recipient 2",
      "permit_sasl_authenticated"
    ),
    (
      [
        "check_dnsbl reputation", "reject_rbl_client a.example, permit_sasl_authenticated",
        "permit_mynetworks",
      ],
      "recipient 1", "permit_mynetworks and permit_sasl_authenticated"
    ),
    (["residential, permit_sasl_authenticated"], "residential 2", "permit_sasl_authenticated"),
  ])
  func `a list that refuses its own users is named once`(items: [String], place: String, permits: String) {
    let findings = Self.findings(items)
    #expect(findings.map { $0.message.hasPrefix("\(place): ") } == [true], "\(findings)")
    #expect(findings.map(\.mend) == ["put \(permits) before it"])
  }

  @Test(arguments: [
    ["permit_mynetworks", "permit_sasl_authenticated", "reject_rbl_client a.example"],
    // main.cf has them before it asks.
    ["reject_rbl_client a.example", "check_greylist"],
    ["warn_if_reject reject_rbl_client a.example", "permit_sasl_authenticated"],
    ["warn_if_reject residential", "permit_sasl_authenticated"],
    ["permit_dnswl_client a.example", "reject_rhsbl_sender b.example", "permit_sasl_authenticated"],
    ["permit_sasl_authenticated", "reject_rbl_client a.example", "permit_sasl_authenticated"],
  ])
  func `a list that doesn't is content`(items: [String]) {
    let findings = Self.findings(items)
    #expect(findings.isEmpty, "\(findings)")
  }
}
