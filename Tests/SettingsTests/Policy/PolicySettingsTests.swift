import Testing

@testable import Settings

struct PolicySettingsTests {
  private static func decode(_ text: String) throws(SettingsErrors) -> Settings {
    try SettingsFile.decode(Array(text.utf8), place: "postern.toml")
  }

  @Test func `takes every key`() throws {
    let settings = try Self.decode(
      """
      [mail]
      from_postfix = ""
      mynetworks = ["127.0.0.0/8",
        "[::1]/128"]
      myorigin = "example.org"
      [policy.helo]
      listen = "inet:[::1]:10041 inet:*:10042"
      restrictions = "permit_mynetworks, reject_rbl_client zen.example=127.0.0.[2..11]"
      [policy.rcpt]
      stage = "end_of_data"
      on_failure = "close"
      open_relay = true
      listen = ["unix:/run/p", "inet:MX.example:1"]
      restrictions = [
        "warn_if_reject", "reject",
        "warn_if_reject",
        "check_client_access pcre:{ {/^a (b|c)$/ REJECT no $1} }",
      ]
      [lists]
      residential = ["reject"]
      "x.y" = []
      [parameters]
      reject_code = 550
      defer_code = "421"
      recipient_delimiter = "+-"
      parent_domain_matches_subdomains = ["relay_domains", "mynetworks"]
      [greylist]
      delay = "1m"
      retry_window = "6h"
      max_age = 86400
      lookup_by = "host"
      ipv4_prefix = 16
      ipv6_prefix = 48
      auto_whitelist_clients = 0
      action = "450 4.2.0"
      text = "wait"
      header = "X: y"
      whitelist_clients = ["/etc/a", "/etc/a.local"]
      whitelist_recipients = []
      privacy = true
      correspondents = "1w"
      correspondents_by = "domain"
      large_senders = false
      [store]
      path = "/srv/p.db"
      """)
    var expected = Settings()
    expected.mail.fromPostfix = ""
    expected.mail.given = [
      .mynetworks: ConfiguredList(
        [ConfiguredItem("127.0.0.0/8", line: 3), ConfiguredItem("[::1]/128", line: 4)], line: 3),
      .myorigin: ConfiguredList([ConfiguredItem("example.org", line: 5)], line: 5),
    ]
    var helo = PolicyListenerSettings(
      name: "helo", addresses: [.inet(host: "::1", port: 10041), .inet(host: "*", port: 10042)])
    helo.restrictions = ConfiguredList(
      [ConfiguredItem("permit_mynetworks, reject_rbl_client zen.example=127.0.0.[2..11]", line: 8)], line: 8)
    #expect(helo.stage == .helo)
    var rcpt = PolicyListenerSettings(
      name: "rcpt", addresses: [.unix(path: "/run/p"), .inet(host: "mx.example", port: 1)])
    rcpt.stage = .endOfData
    rcpt.onFailure = .close
    rcpt.openRelay = true
    rcpt.restrictions = ConfiguredList(
      [
        ConfiguredItem("warn_if_reject", line: 15), ConfiguredItem("reject", line: 15),
        ConfiguredItem("warn_if_reject", line: 16),
        ConfiguredItem("check_client_access pcre:{ {/^a (b|c)$/ REJECT no $1} }", line: 17),
      ], line: 14)
    expected.policy = [helo, rcpt]
    expected.lists = [
      "residential": ConfiguredList([ConfiguredItem("reject", line: 20)], line: 20),
      "x.y": ConfiguredList(line: 21),
    ]
    expected.parameters = [
      "reject_code": ConfiguredList([ConfiguredItem("550", line: 23)], line: 23),
      "defer_code": ConfiguredList([ConfiguredItem("421", line: 24)], line: 24),
      "recipient_delimiter": ConfiguredList([ConfiguredItem("+-", line: 25)], line: 25),
      "parent_domain_matches_subdomains": ConfiguredList(
        [ConfiguredItem("relay_domains", line: 26), ConfiguredItem("mynetworks", line: 26)], line: 26),
    ]
    expected.greylist.delay = 60
    expected.greylist.retryWindow = 6 * 3600
    expected.greylist.maxAge = 86_400
    expected.greylist.lookupBy = .host
    expected.greylist.ipv4Prefix = 16
    expected.greylist.ipv6Prefix = 48
    expected.greylist.autoWhitelistClients = 0
    expected.greylist.action = "450 4.2.0"
    expected.greylist.text = "wait"
    expected.greylist.header = "X: y"
    expected.greylist.clientWhitelists = .given(["/etc/a", "/etc/a.local"])
    expected.greylist.privacy = true
    expected.greylist.correspondents = 604_800
    expected.greylist.correspondentsBy = .domain
    expected.greylist.largeSenders = false
    expected.store.path = "/srv/p.db"
    #expect(settings == expected)
    #expect(settings.mail.given[.mynetworks]?.text == "127.0.0.0/8, [::1]/128")
    #expect(settings.greylist.lookup == .host)
  }

  @Test(
    arguments: PolicyListenerSettings.Stage.allCases.map { ($0.rawValue, $0) }
      + [("rcpt", .recipient), ("Helo", .recipient)])
  func `is asked at the stage that it is named after`(name: String, stage: PolicyListenerSettings.Stage)
    throws
  {
    let settings = try Self.decode("[policy.\(name)]\nlisten = \"unix:/a\"\nrestrictions = []")
    #expect(settings.policy[named: name]?.stage == stage)
  }

  @Test(arguments: [
    ("unix:/a", ListenAddress.unix(path: "/a")), ("inet:h:1", .inet(host: "h", port: 1)),
    ("inet:[::1]:65535", .inet(host: "::1", port: 65535)), ("inet:*:25", .inet(host: "*", port: 25)),
    ("inet:A-b_c.D:025", .inet(host: "a-b_c.d", port: 25)),
    ("unix:\(String(repeating: "/", count: 107))", .unix(path: String(repeating: "/", count: 107))),
    ("unix:\(String(repeating: "/", count: 108))", nil), ("unix:a", nil), ("unix:", nil), ("/a", nil),
    ("", nil),
    ("inet:", nil), ("inet:1", nil), ("inet::1", nil), ("inet:h:", nil), ("inet:h:0", nil),
    ("inet:h:65536", nil), ("inet:h:+1", nil), ("inet:h:١", nil), ("inet:::1:1", nil), ("inet:[h]:1", nil),
    ("inet:[]:1", nil), ("inet:[::1]", nil), ("inet:a b:1", nil), ("INET:h:1", nil), ("local:/a", nil),
  ])
  func `reads Postfix's endpoints`(text: String, address: ListenAddress?) {
    #expect(ListenAddress(endpoint: text) == address)
  }

  @Test(arguments: [
    ListenAddress.unix(path: "/a"), .inet(host: "h", port: 1), .inet(host: "::1", port: 2),
    .inet(host: "*", port: 3),
  ])
  func `writes an endpoint as it reads it`(address: ListenAddress) {
    #expect(ListenAddress(endpoint: address.endpoint) == address)
  }

  @Test func `postgrey's options ask the greylist alone`() throws {
    let settings = try Settings.load(.postgrey(["--inet=10023", "--ipv4cidr=16"]))
    #expect(settings.policy.map(\.restrictions.texts) == [["check_greylist"]])
    #expect(settings.policy.map(\.stage) == [.recipient])
    #expect(settings.mail.fromPostfix == "")
    #expect(settings.greylist.lookup == .subnet(v4: 16, v6: 64))
    #expect(settings.greylist.header == "X-Greylist: delayed %t seconds by postgrey-%v at %h; %d")
    #expect(settings.greylist.version == "1.37")
  }
}
