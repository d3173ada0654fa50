import Testing

@testable import Settings

/// What postern.toml can say of the DNS, and can't mean.
struct DNSSettingsTests {
  @Test func `takes every key`() throws {
    let text = """
      [dns]
      servers = "192.0.2.1, [2001:db8::1]:5353"
      timeout = 60
      attempts = 5
      budget = "1m"
      cache = 0
      [dns.zone."RBL.example."]
      servers = ["127.0.0.2:5353"]
      [dns.zone."0123456789abcdef0123.dq.example"]
      probe = false
      shown_as = "DQ.example"
      [dnsbl.reputation]
      sites = ["zen.example=127.0.0.[2..11]*3",
        "good.example*-4"]
      threshold = 3
      [dnsbl."b.c"]
      sites = "bl.example*2, other.example"
      """
    let settings = try SettingsFile.decode(Array(text.utf8), place: "postern.toml")
    var expected = Settings()
    expected.dns.servers = try [
      #require(DNSServer("192.0.2.1:53")), #require(DNSServer("[2001:db8::1]:5353")),
    ]
    expected.dns.timeout = .seconds(60)
    expected.dns.attempts = 5
    expected.dns.budget = .seconds(60)
    expected.dns.cache = 0
    var mirror = DNSZoneSettings()
    mirror.servers = try [#require(DNSServer("127.0.0.2:5353"))]
    var keyed = DNSZoneSettings()
    keyed.probe = false
    keyed.shownAs = "dq.example"
    expected.dns.zones = ["rbl.example": mirror, "0123456789abcdef0123.dq.example": keyed]
    var reputation = DNSListSettings()
    reputation.sites = ConfiguredList(
      [
        ConfiguredItem("zen.example=127.0.0.[2..11]*3", line: 13),
        ConfiguredItem("good.example*-4", line: 14),
      ], line: 13)
    reputation.threshold = 3
    var other = DNSListSettings()
    other.sites = ConfiguredList([ConfiguredItem("bl.example*2, other.example", line: 17)], line: 17)
    expected.dnsbl = ["reputation": reputation, "b.c": other]
    #expect(settings == expected)
  }

  @Test func `a list without a threshold refuses whoever is on one of its sites`() throws {
    let text = "[dnsbl.a]\nsites = \"bl.example\""
    let settings = try SettingsFile.decode(Array(text.utf8), place: "postern.toml")
    #expect(settings.dnsbl["a"]?.threshold == 1)
  }

  private static let server = "an address, or ADDRESS:PORT with an IPv6 address in brackets"

  static let mistakes = [
    Mistake(
      "[dns]\nservers = [\n\"localhost\",\n53,\n\"::1\",\n\"[::1]:53\"]",
      "3: dns.servers: \"localhost\" is not \(server)", "4: dns.servers: \(server) is expected, not a number",
      "6: dns.servers: \"[::1]:53\" is given twice"),
    Mistake(
      "[dns]\ntimeout = 0\nattempts = 6\nbudget = \"61s\"\ncache = 10000001",
      "2: dns.timeout: 0 is not a time from 1s to 1m",
      "3: dns.attempts: 6 is not a whole number from 1 to 5",
      "4: dns.budget: 61s is not a time from 1s to 1m",
      "5: dns.cache: 10000001 is not a whole number from 0 to 10000000"),
    Mistake("[dns]\nserver = []", "2: dns.server: unknown key; did you mean dns.servers?"),
    Mistake("[dns]\nzones = {}", "2: dns.zones: unknown key; did you mean dns.zone?"),
    Mistake("[dns]\nzone = 5", "2: dns.zone: a table is expected: [dns.zone.\"ZONE\"]"),
    Mistake(
      "[dns.zone.rbl.example]\nprobe = false",
      "1: dns.zone.rbl.example: unknown key; did you mean dns.zone.\"rbl.example\"?"),
    Mistake(
      "[dns.zone.\"a..b\"]\n[dns.zone.a]\n[dns.zone.\"A.\"]",
      "1: dns.zone.\"a..b\": \"a..b\" is not the name of a zone, such as \"zen.example\"",
      "3: dns.zone.\"A.\": \"A.\" is given twice"),
    Mistake(
      "[dns.zone.a]\nservers = 5\nprobe = \"no\"\nshown_as = \"a b\"\nprobes = 1",
      "2: dns.zone.a.servers: a list is expected, not a number",
      "3: dns.zone.a.probe: true or false is expected, not a string",
      "4: dns.zone.a.shown_as: \"a b\" is not the name of a zone, such as \"zen.example\", or \"\" for none",
      "5: dns.zone.a.probes: unknown key; did you mean dns.zone.a.probe?"),
    Mistake("dnsbl = []", "1: dnsbl: a table is expected: [dnsbl.NAME]"),
    Mistake(
      "[dnsbl.\"a b\"]\nsites = []",
      "1: dnsbl.\"a b\": \"a b\" is not a name of 1 to 64 letters, digits, - _ ."),
    Mistake("[dnsbl.a]\nthreshold = 2", "1: dnsbl.a.sites: is missing"),
    Mistake(
      "[dnsbl.a]\nsites = [5,\n\"$b\"]\nthreshold = 0",
      "2: dnsbl.a.sites: a string is expected, not a number",
      "3: dnsbl.a.sites: $b is main.cf's, and expanded only there: write what it stands for",
      "4: dnsbl.a.threshold: 0 is not a whole number from 1 to 1000000"),
    Mistake(
      "[dnsbl.a]\nsite = \"x\"\nsites = \"x\"", "2: dnsbl.a.site: unknown key; did you mean dnsbl.a.sites?"),
  ]

  @Test(arguments: mistakes)
  func `names line, key and mend`(_ mistake: Mistake) throws {
    let thrown = #expect(throws: SettingsErrors.self) {
      try SettingsFile.decode(Array(mistake.text.utf8), place: "postern.toml")
    }
    #expect(thrown?.errors.map(\.description) == mistake.says)
  }
}
