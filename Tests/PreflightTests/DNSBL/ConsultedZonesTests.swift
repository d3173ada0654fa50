import Settings
import Testing

@testable import Preflight

struct ConsultedZonesTests {
  private static func zones(_ restrictions: String) throws -> [String] {
    let text = """
      [policy.recipient]
      listen = "unix:/run/r"
      restrictions = \(restrictions)
      [lists]
      residential = ["reject_rbl_client pbl.example", "again"]
      again = ["residential", "reject_rhsbl_sender dbl.example"]
      [dns.zone."key.example"]
      shown_as = "public.example"
      [dnsbl.reputation]
      sites = ["zen.example=127.0.0.[2;4..11]*3, bl.example", "good.example*-4"]
      """
    let settings = try SettingsFile.decode(Array(text.utf8), place: "postern.toml")
    return try ConsultedZones(settings).zones(of: #require(settings.policy.first))
  }

  @Test(arguments: [
    ("[]", []),
    ("\"permit_mynetworks, check_greylist\"", []),
    ("\"reject_rbl_client zen.example=127.0.0.2, reject_rbl_client ZEN.example\"", ["zen.example"]),
    (
      """
      ["reject_rhsbl_client a.example", "reject_rhsbl_reverse_client b.example", "reject_rhsbl_helo c.example",
       "reject_rhsbl_sender d.example", "reject_rhsbl_recipient e.example", "permit_dnswl_client f.example",
       "permit_rhswl_client g.example"]
      """, ["a.example", "b.example", "c.example", "d.example", "e.example", "f.example", "g.example"]
    ),
    ("\"warn_if_reject reject_rbl_client zen.example\"", ["zen.example"]),
    ("\"residential, reject_rbl_client zen.example\"", ["pbl.example", "dbl.example", "zen.example"]),
    ("\"check_dnsbl reputation\"", ["zen.example", "bl.example", "good.example"]),
    ("\"check_dnsbl elsewhere\"", []),
    ("\"reject_rbl_client key.example\"", ["public.example"]),
    (
      """
      ["check_client_access inline:{{x=reject_rbl_client a.example}, {y=residential}}",
       "check_sender_ns_access cidr:{{192.0.2.1 warn_if_reject reject_rbl_client b.example}}",
       "check_helo_access texthash:/nonexistent/table"]
      """, ["a.example", "pbl.example", "dbl.example", "b.example"]
    ),
  ])
  func `are those of a list and of what it calls, in their order`(restrictions: String, zones: [String])
    throws
  {
    #expect(try Self.zones(restrictions) == zones)
  }
}
