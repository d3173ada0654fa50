import Glibc
import Settings
import TestKit
import Testing

@testable import Preflight

/// What `postern check` says about restriction lists.
@Suite struct PolicyCheckTests {
  /// The findings about a recipient list, and about main.cf where one is given.
  private static func findings(
    _ restrictions: [String], listen: String = "unix:/run/postern/recipient", openRelay: Bool = false,
    mainCf: String? = nil, dnsbl: String = "", files: [String: String] = [:], lists: String = "",
    host given: Host = Host(),
    prepare: (TemporaryDirectory) -> Void = { _ in }
  ) throws -> [Finding] {
    let directory = try TemporaryDirectory()
    for (name, text) in files { try directory.write(text, to: name) }
    if let mainCf { try directory.write("compatibility_level = 3.6\n" + mainCf, to: "main.cf") }
    prepare(directory)
    let items = restrictions.map { "  '\($0.replacing("DIRECTORY", with: directory.path))'" }
    let text = """
      [mail]
      from_postfix = "\(mainCf == nil ? "" : directory.path)"
      mynetworks = "127.0.0.0/8"
      mydestination = "lab.example"
      [policy.recipient]
      listen = ["\(listen)"]
      open_relay = \(openRelay)
      restrictions = [
      \(items.joined(separator: ",\n"))
      ]
      [lists]
      \(lists)
      \(dnsbl)
      """
    let settings = try SettingsFile.decode(Array(text.utf8), place: "postern.toml")
    var host = given
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

  @Test func `A list that may let strangers relay does not start, unless that is meant`() throws {
    let list = ["check_client_access inline:{ {friend.example = OK} }", "reject_unauth_destination"]
    let findings = try Self.findings(list)
    #expect(findings.map { $0.isError } == [true])
    #expect(
      findings[0].message.hasPrefix("[policy.recipient] may let strangers relay: ")
        && findings[0].message.contains("inline line 1: OK"), "\(findings)")
    #expect(try Self.findings(list, openRelay: true).isEmpty)
  }

  @Test func `What is never asked is named`() throws {
    let findings = try Self.findings(["permit_mynetworks", "reject", "check_greylist"])
    #expect(findings.map { $0.isError } == [false])
    #expect(findings[0].message.contains("postern.toml:11:") && findings[0].message.contains("never asked"))
  }

  @Test func `What is never asked in a list that others call is named`() throws {
    let findings = try Self.findings(
      ["reject_unauth_destination", "strict"], lists: "strict = [\"reject\",\n\"check_greylist\"]")
    #expect(findings.map { $0.isError } == [false])
    #expect(
      findings[0].message.contains("postern.toml:14: lists.strict: check_greylist is never asked"),
      "\(findings)")
  }

  private static let relay = "smtpd_relay_restrictions"

  @Test(arguments: [
    ("", nil), (" -o \(relay)=permit_sasl_authenticated,reject", nil),
    (" -o { \(relay) = permit_mynetworks, reject_unauth_destination }", nil),
    (" -o smtpd_tls_security_level=encrypt -o \(relay)=permit_mynetworks", "may let strangers relay: "),
    (" -o {\(relay)=} -o smtpd_recipient_restrictions=permit", "may let strangers relay: "),
    (" -o\(relay)= -osmtpd_recipient_restrictions=permit", "may let strangers relay: "),
    ("\n  -o \(relay)=$mua_relay_restrictions", "\(relay) is set here by a parameter"),
    (" -o smtpd_client_restrictions=$mua_client_restrictions", nil),
  ])
  func `Lists of a server's own in master.cf are followed, too`(options: String, warning: String?) throws {
    let findings = try Self.findings(
      ["reject_unauth_destination"], mainCf: "\(Self.relay) = reject_unauth_destination\n",
      files: ["master.cf": "smtp inet n - n - - smtpd\nsubmission inet n - n - - smtpd\(options)\n"])
    #expect(findings.map { $0.isError } == (warning == nil ? [] : [false]))
    if let warning {
      #expect(
        findings[0].message.hasPrefix("master.cf:2: submission inet")
          && findings[0].message.contains(warning),
        "\(findings)")
    }
  }

  @Test func `A table that can't be read is named, and does not keep the others from serving`() throws {
    let findings = try Self.findings([
      "reject_unauth_destination", "check_client_access cidr:/nonexistent/clients", "check_greylist",
    ])
    #expect(findings.map { $0.isError } == [false])
    #expect(findings[0].message.contains("/nonexistent/clients"))
  }

  /// Owner, group and mode of a file and of the directory that it lies in, beside what lets postern read it.
  @Test(
    .enabled(if: geteuid() == 0),
    arguments: [
      (0, 0, 0o600, 0o755, "chgrp postern DIRECTORY/clients && chmod g+r DIRECTORY/clients"),
      (0, 4001, 0o600, 0o755, "chgrp postern DIRECTORY/clients && chmod g+r DIRECTORY/clients"),
      (4001, 4001, 0o040, 0o755, "chgrp postern DIRECTORY/clients && chmod g+r DIRECTORY/clients"),
      (0, 4001, 0o640, 0o755, nil), (4001, 0, 0o400, 0o755, nil), (0, 0, 0o644, 0o755, nil),
      (0, 0, 0o644, 0o700, "chmod o+x DIRECTORY"),
    ] as [(UInt32, UInt32, UInt32, UInt32, String?)])
  func `A table that root reads and the service can't is named with its mend`(
    owner: UInt32, group: UInt32, mode: UInt32, directoryMode: UInt32, mend: String?
  ) throws {
    var host = Host()
    host.startsAsRoot = true
    host.accounts = TestHost.accounts(groupsOfPostfix: [])
    var path = ""
    let findings = try Self.findings(
      ["reject_unauth_destination", "check_client_access cidr:DIRECTORY/clients"],
      files: ["clients": "192.0.2.0/24 OK\n"], host: host
    ) { directory in
      path = directory.path
      chown("\(path)/clients", owner, group)
      chmod("\(path)/clients", mode)
      chmod(path, directoryMode)
    }
    #expect(findings.map(\.isError) == (mend == nil ? [] : [false]))
    #expect(findings.map(\.mend) == (mend.map { [$0.replacing("DIRECTORY", with: path)] } ?? []))
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

  /// The listener's own list lets strangers pass, and the one that policy_context names doesn't, or the other way round.
  @Test(arguments: [
    ("check_policy_service unix:p", false), ("check_policy_service { unix:p, policy_context=closed }", true),
    ("check_policy_service { unix:p, timeout=5s, { policy_context = closed } }", true),
    ("check_policy_service { unix:p, policy_context=nobody }", false),
    ("check_policy_service unix:p\nsmtpd_policy_service_policy_context = closed", true),
    (
      "check_policy_service { unix:p, policy_context=recipient }\nsmtpd_policy_service_policy_context = closed",
      false
    ),
  ])
  func `A policy_context that names a table is answered by its list`(service: String, isClosed: Bool) throws {
    let findings = try Self.findings(
      ["permit_mynetworks"], listen: "unix:/var/spool/postfix/p",
      mainCf: "smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = \(service)\n",
      lists: "[policy.closed]\nlisten = []\nrestrictions = [\"reject_unauth_destination\"]")
    #expect(
      findings.map { $0.message.contains("main.cf may let strangers relay") } == (isClosed ? [] : [true]),
      "\(findings)")
  }

  private static let queue = "unix:/var/spool/postfix/postern/recipient"
  private static let free = "smtp inet n - n - - smtpd\n"
  private static let chrooted = "smtp inet n - y - - smtpd\n"

  @Test(arguments: [
    // As README has it.
    (queue, "unix:postern/recipient", chrooted, true), (queue, "unix:postern/recipient", free, true),
    (queue, "local:postern//recipient", free, true),
    (queue, "unix:/postern/recipient", chrooted, true), (queue, "unix:/postern/recipient", free, false),
    (queue, "unix:/var/spool/postfix/postern/recipient", free, true),
    (queue, "unix:/var/spool/postfix/postern/recipient", chrooted, false),
    (queue, "{ unix:/var/spool/postfix/postern/recipient, timeout=10s }", free + chrooted, true),
    (queue, "unix:/postern/recipient", free + chrooted, true), (queue, "unix:postern/other", free, false),
    ("unix:/etc/passwd", "unix:/etc/passwd", free, true), ("unix:/etc/passwd", "unix:/passwd", free, false),
    // A chrooted server finds another socket by the name of ours.
    ("unix:/var/spool/postfix/etc/passwd", "unix:/etc/passwd", free + chrooted, false),
    ("inet:127.0.0.1:10040", "inet:localhost:10040", free, true),
    ("inet:127.0.0.1:10040", "inet:10040", free, true), ("inet:*:10040", "inet:[::1]:10040", free, true),
    ("inet:localhost:10040", "inet:127.0.0.1:10040", free, true),
    ("inet:[::1]:10040", "inet:[0::1]:10040", free, true),
    ("inet:[::1]:10040", "inet:127.0.0.1:10040", free, false),
    ("inet:127.0.0.1:10040", "inet:127.0.0.1:10041", free, false),
    ("inet:127.0.0.1:10040", "inet:192.0.2.1:10040", free, false),
  ])
  func `we are recognised in main.cf however it names us`(
    listen: String, service: String, masterCf: String, isOurs: Bool
  ) throws {
    let mainCf =
      "smtpd_relay_restrictions =\nsmtpd_recipient_restrictions = check_policy_service \(service)\n"
    let findings = try Self.findings(
      ["permit_mynetworks", "permit_sasl_authenticated", "reject_unauth_destination"], listen: listen,
      mainCf: mainCf, files: ["master.cf": masterCf])
    #expect(
      findings.map { $0.message.contains("main.cf may let strangers relay") } == (isOurs ? [] : [true]),
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
    #expect(findings.map(\.message) == ["postern.toml:15: dnsbl.reputation.sites: gone.example is shut down"])
    #expect(findings.map { $0.isError } == [false])
  }

  @Test func `A zone that only a table names is named once, with its line`() throws {
    let findings = try Self.findings(
      ["check_client_access cidr:DIRECTORY/clients"],
      files: [
        "dnsbl-zones": Self.zones,
        "clients": "192.0.2.1 DUNNO\n192.0.2.2 reject_rbl_client gone.example\n"
          + "192.0.2.3 reject_rbl_client gone.example=127.0.0.2\n192.0.2.4 reject_rbl_client fine.example\n",
      ])
    let told = findings.map(\.message).filter { $0.contains("gone.example") || $0.contains("fine.example") }
    #expect(told.count == 1, "\(findings)")
    #expect(
      told.first?.hasSuffix("/clients:2: reject_rbl_client gone.example: gone.example is shut down") == true,
      "\(findings)")
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
