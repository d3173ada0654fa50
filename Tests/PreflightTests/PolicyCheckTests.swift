import Settings
import TestKit
import Testing

@testable import Preflight

/// What `postern check` says about restriction lists.
@Suite struct PolicyCheckTests {
  /// The findings about a recipient list, and about main.cf where one is given.
  private static func findings(
    _ restrictions: [String], openRelay: Bool = false, mainCf: String? = nil, dnsbl: String = "",
    files: [String: String] = [:]
  ) throws -> [Finding] {
    let directory = try TemporaryDirectory()
    for (name, text) in files { try directory.write(text, to: name) }
    if let mainCf { try directory.write("compatibility_level = 3.6\n" + mainCf, to: "main.cf") }
    let items = restrictions.map { "  '\($0.replacing("DIRECTORY", with: directory.path))'" }
    let text = """
      [mail]
      from_postfix = "\(mainCf == nil ? "" : directory.path)"
      mynetworks = "127.0.0.0/8"
      mydestination = "lab.example"
      [policy.recipient]
      listen = ["unix:/run/postern/recipient"]
      open_relay = \(openRelay)
      restrictions = [
      \(items.joined(separator: ",\n"))
      ]
      \(dnsbl)
      """
    let settings = try SettingsFile.decode(Array(text.utf8), place: "postern.toml")
    var host = Host()
    host.knownZones = "\(directory.path)/dnsbl-zones"
    return PolicyCheck(settings: settings, source: .file("/etc/postern/postern.toml"), host: host).findings
  }

  @Test func `A list that says what a relay needs is content`() throws {
    let findings = try Self.findings([
      "permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination", "check_greylist",
    ])
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test(arguments: [
    ("permit_my_networks", "postern.toml:9: policy.recipient.restrictions: ", "permit_mynetworks"),
    ("check_client_access /etc/clients", "postern.toml:9:", "type:name"),
    ("reject_rbl_client zen.example=x", "postern.toml:9:", "is no zone"),
  ])
  func `A mistake is named with its line and what was meant`(
    item: String, begins: String, contains: String
  ) throws {
    let findings = try Self.findings([item])
    #expect(findings.map { $0.isError } == [true])
    #expect(findings[0].message.hasPrefix(begins) && findings[0].message.contains(contains), "\(findings)")
  }

  @Test(arguments: [true, false])
  func `A list that may let strangers relay does not start, unless that is meant`(
    isMeant: Bool
  ) throws {
    // An OK for a client outside mynetworks is followed by a permit for relaying only through mynetworks or a login.
    let findings = try Self.findings(
      ["check_client_access inline:{ {0.0.0.0/0 = permit_mynetworks} }", "permit"], openRelay: isMeant)
    #expect(findings.allSatisfy { !$0.isError } || !isMeant, "\(findings)")
  }

  @Test func `What is never asked is named`() throws {
    let findings = try Self.findings(["permit_mynetworks", "reject", "check_greylist"])
    #expect(findings.map { $0.isError } == [false])
    #expect(findings[0].message.contains("postern.toml:11:") && findings[0].message.contains("never asked"))
  }

  @Test func `A table that can't be read is named, and does not keep the others from serving`() throws {
    let findings = try Self.findings([
      "reject_unauth_destination", "check_client_access cidr:/nonexistent/clients", "check_greylist",
    ])
    #expect(findings.map { $0.isError } == [false])
    #expect(findings[0].message.contains("/nonexistent/clients"))
  }

  @Test func `A table with a mistake is named by file and line`() throws {
    let findings = try Self.findings(
      ["reject_unauth_destination", "check_client_access cidr:DIRECTORY/clients"],
      files: ["clients": "192.0.2.0/24 OK\n192.0.2.1/24 OK\n"]
    )
    #expect(findings.map { $0.isError } == [false])
    #expect(findings[0].message.contains("clients:2:"), "\(findings)")
  }

  @Test(arguments: [
    ("smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination\n", false),
    (
      "smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = check_policy_service unix:/run/postern/recipient\n",
      false
    ),
    ("smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = permit_mynetworks\n", true),
    ("smtpd_relay_restrictions = permit_mynetworks, check_policy_service inet:192.0.2.1:9\n", true),
  ])
  func `main.cf's own lists are followed, our answers put in`(mainCf: String, isOpen: Bool) throws {
    let findings = try Self.findings(
      ["permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination"], mainCf: mainCf)
    #expect(
      findings.map { $0.message.contains("main.cf may let strangers relay") } == (isOpen ? [true] : []),
      "\(findings)")
  }

  /// The listener's own list consults nothing that [mail] says.
  @Test func `main.cf's own lists are followed beside a greylist, too`() throws {
    let findings = try Self.findings(
      ["check_greylist"],
      mainCf: """
        smtpd_relay_restrictions =
        smtpd_recipient_restrictions =
          check_recipient_access inline:{u@lab.example=OK}, reject_unauth_destination

        """)
    #expect(findings.isEmpty, "\(findings)")
  }

  private static let zones = "old.example superseded 2020 new.example\ngone.example shut-down - -\n"

  @Test(arguments: [
    "smtpd_client_restrictions = permit_mynetworks, reject_rbl_client Old.example=127.0.0.2\n",
    "smtpd_helo_restrictions = warn_if_reject reject_rhsbl_helo a.old.example\n",
    "smtpd_restriction_classes = residential\nresidential = permit_dnswl_client old.example\n",
  ])
  func `A zone of main.cf's that is asked in vain is named with what to ask instead`(mainCf: String) throws {
    let lists = "smtpd_relay_restrictions = reject_unauth_destination\n" + mainCf
    let findings = try Self.findings(["check_greylist"], mainCf: lists, files: ["dnsbl-zones": Self.zones])
    #expect(findings.map { $0.isError } == [false], "\(findings)")
    #expect(findings.first?.message.hasPrefix("main.cf: ") == true, "\(findings)")
    #expect(findings.first?.message.hasSuffix(": old.example is superseded (2020)") == true, "\(findings)")
    #expect(findings.first?.mend == "ask new.example instead")
    let unknown = try Self.findings(["check_greylist"], mainCf: lists)
    #expect(unknown.isEmpty, "\(unknown)")
  }

  @Test func `A zone of a weighted list is named with its line`() throws {
    let findings = try Self.findings(
      ["check_greylist"],
      dnsbl: "[dnsbl.reputation]\nsites = [\"fine.example*2\",\n\"a.gone.example=127.0.0.2*2\"]",
      files: ["dnsbl-zones": Self.zones])
    #expect(findings.map(\.message) == ["postern.toml:13: dnsbl.reputation.sites: gone.example is shut down"])
    #expect(findings.map { $0.isError } == [false])
  }

  @Test func `A line about zones that says nothing is named, and the others hold`() throws {
    let findings = try Self.findings(
      ["check_greylist"], dnsbl: "[dnsbl.a]\nsites = \"gone.example\"",
      files: ["dnsbl-zones": "nonsense\n" + Self.zones])
    #expect(findings.count == 2)
    #expect(findings.first?.message.contains("/dnsbl-zones:1: zone, state") == true, "\(findings)")
    #expect(findings.last?.message.contains("gone.example is shut down") == true)
  }
}
