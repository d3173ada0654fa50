extension Settings {
  static let greylist = SettingsTable(
    name: "greylist",
    summary: """
      How check_greylist lets strangers wait. The keys are postgrey's options, with its defaults.
      """,
    keys: times + identities + replies + [
      SettingsKey(
        "whitelist_clients", .whitelists("whitelist_clients"), at: \.greylist.clientWhitelists,
        """
        Files of clients that never wait, in postgrey's format. They are watched: a change holds at once. Empty: \
        postgrey's own, where they exist: /etc/postgrey/whitelist_clients and \
        /etc/postfix/postgrey_whitelist_clients, each with its .local.
        """),
      SettingsKey(
        "whitelist_recipients", .whitelists("whitelist_recipients"), at: \.greylist.recipientWhitelists,
        "Likewise of recipients whose mail never waits."),
      SettingsKey(
        "privacy", .boolean, at: \.greylist.privacy,
        "Keep addresses in the store only as SHA-1 hashes. What was kept in the other form isn't found again."
      ),
    ])

  private static let day: Int64 = 86_400

  private static let times = [
    SettingsKey(
      "delay", .seconds(0...(7 * day)), at: \.greylist.delay,
      "How long a sender has to wait from his first try."),
    SettingsKey(
      "retry_window", .seconds(1...(90 * day)), at: \.greylist.retryWindow,
      "How long after it he may come back; after that the first try counts anew. Longer than delay."),
    SettingsKey(
      "max_age", .seconds(1...(3650 * day)), at: \.greylist.maxAge,
      "After what time without mail a sender is forgotten. Longer than delay."),
    SettingsKey(
      "correspondents", .seconds(0...(3650 * day)), at: \.greylist.correspondents,
      """
      How long the answers of those don't wait whom your own users wrote to: clients that are logged in, or that a \
      list permits by permit_mynetworks or permit_tls_clientcerts. Their mail has to be asked about: main.cf must \
      not permit it before check_policy_service. Both addresses are compared without +extension and numbers. 0: \
      they wait like everybody. The 200000 that were written to last are kept.
      """),
    SettingsKey(
      "correspondents_by", .word(), at: \.greylist.correspondentsBy,
      """
      Whose answers: only of the address that was written to, or of its whole domain, to the one who wrote. By domain \
      a mail provider's users all pass who write to him, and forgers of the domain; one's own domain never counts. \
      What was kept in the other form isn't found again.
      """),
  ]

  private static let identities = [
    SettingsKey(
      "lookup_by", .word(), at: \.greylist.lookupBy,
      "Which clients are the same: those of one subnet, or only an address itself."),
    SettingsKey(
      "ipv4_prefix", .number(1...32), at: \.greylist.ipv4Prefix,
      "How many bits of an address make its subnet."),
    SettingsKey("ipv6_prefix", .number(1...128), at: \.greylist.ipv6Prefix, "Likewise for IPv6."),
    SettingsKey(
      "auto_whitelist_clients", .number(0...1_000_000), at: \.greylist.autoWhitelistClients,
      "After how many successes, counted once an hour, a client waits no more; 0: never."),
    SettingsKey(
      "large_senders", .boolean, at: \.greylist.largeSenders,
      """
      Recognise who retries from many addresses. Tries for one sender and recipient count together where the \
      forward-confirmed names of the clients are of one organisation: the domain below a public suffix, as \
      big.example of out-7.mail.big.example. Names made from the address, or with words such as dsl and dynamic, \
      don't count. And a mail passes at once where its subnet has come back before for the same sender domain and \
      recipient. False friends: customers of one host with names below its domain, domains below a suffix that is \
      not known as one, and neighbours in a subnet who write from the same domain to the same recipient.
      """),
  ]

  private static let replies = [
    SettingsKey(
      "action", .greylistAction, at: \.greylist.action,
      "What a client that has to wait gets: an action of access(5), which the text follows."),
    SettingsKey(
      "text", .line, at: \.greylist.text,
      "What it is told. %s is the seconds that are missing, %r the recipient's domain, each once."),
    SettingsKey(
      "header", .header, at: \.greylist.header,
      """
      The header of a mail that had to wait. %t is the seconds waited, %v who let it wait, %h this host, %d the \
      date, each once.
      """),
  ]

  static let store = SettingsTable(
    name: "store",
    summary: "What outlives the policy service: the triplets of the greylist.",
    keys: [
      SettingsKey(
        "path", .file, at: \.store.path,
        "The database. Its directory has to belong to the user of [run] front.")
    ])
}
