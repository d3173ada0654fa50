extension Settings {
  static let dns = SettingsTable(
    name: "dns",
    summary: """
      Whom restrictions ask that need the DNS. All that a list may need is asked at once when a request arrives, and \
      answers are kept as long as they say.
      """,
    keys: [
      SettingsKey(
        "servers", .dnsServers, at: \.dns.servers,
        """
        The name servers, in their order. Empty: those of /etc/resolv.conf. The large blocklists refuse whoever asks \
        them through a public resolver: let one run on this host, such as unbound.
        """),
      SettingsKey(
        "timeout", .time(.seconds(1)...(.seconds(60))), at: \.dns.timeout,
        "How long a server has for its answer, before the next one is asked."),
      SettingsKey(
        "attempts", .number(1...5), at: \.dns.attempts, "How often a question is put to each server."),
      SettingsKey(
        "budget", .time(.seconds(1)...(.seconds(60))), at: \.dns.budget,
        """
        How long all lookups of one request may take together. What is still missing then counts as unanswered: \
        reject_rbl_client has no opinion, and a domain that can't be looked up is told to come again.
        """),
      SettingsKey(
        "cache", .number(0...10_000_000), at: \.dns.cache,
        "How many answers are kept at most; the one that was used longest ago makes way. 0: none."),
    ])

  private static let dnsZones = SettingsFamily(
    name: "dns.zone", placeholder: "\"ZONE\"", says: ZoneSyntax.says, empty: DNSZoneSettings(),
    make: { _ in DNSZoneSettings() }, place: { \.dns.zones[$0] }
  ) {
    ZoneSyntax.parse($0)
  }

  static let dnsZone = dnsZones.table(
    summary: """
      What is different for one zone and the names below it, such as a blocklist that is mirrored here. The longest \
      name that fits holds.
      """,
    keys: [
      dnsZones.key(
        "servers", .dnsServers, at: \.servers, "Asked instead of those of [dns]. Empty: those of [dns]."),
      dnsZones.key(
        "probe", .boolean, at: \.probe,
        """
        Ask a blocklist at start and every few hours for the entries that each has for tests (RFC 5782), and set it \
        aside while it lacks them or lists the whole world. false: for a list of your own that has none.
        """),
      dnsZones.key(
        "shown_as", .shownZone, at: \.shownAs,
        """
        What replies, logs and traces call the zone instead, for a name that holds a secret key. Empty: its name, \
        without a first label that looks like a key.
        """),
    ])

  private static let dnsLists = SettingsFamily(
    name: "dnsbl", placeholder: "NAME", says: ListNameSyntax.says, empty: DNSListSettings(),
    make: { _ in DNSListSettings() }, place: { \.dnsbl[$0] }
  ) {
    ListNameSyntax.parse($0)
  }

  static let dnsList = dnsLists.table(
    summary: """
      DNS lists that are asked together, each with a weight, for the restriction check_dnsbl NAME. A client is refused \
      when what it is listed in weighs as much as the threshold; the reply names the list that weighs most. With a \
      weight below 0 in all it isn't greylisted either.
      """,
    keys: [
      dnsLists.neededKey(
        "sites", .dnsListSites, at: \.sites,
        """
        The lists, in the words of postscreen_dnsbl_sites: a zone, which answers count (all without a filter), and \
        what they weigh (1 without a weight; below 0 for a list of good clients). A zone may be there several times \
        with other filters. Without this key the table is an error.
        """),
      dnsLists.key(
        "threshold", .number(1...1_000_000), at: \.threshold, "The weight from which on a client is refused."),
    ])
}

extension ValueType<[DNSServer]> {
  fileprivate static let dnsServers = list(of: .dnsServer, 0...16)
}
