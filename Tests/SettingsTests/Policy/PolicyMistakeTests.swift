import Testing

@testable import Settings

/// What postern.toml can say of the policy service, and can't mean.
struct PolicyMistakeTests {
  private static let listen = "listen = [\"inet:127.0.0.1:1\"]\nrestrictions = []\n"

  static let mistakes = [
    // Tables.
    Mistake("policy = 5", "1: policy: a table is expected: [policy.NAME]"),
    Mistake("[policy]\nlisten = []", "2: policy.listen: a table is expected: [policy.listen]"),
    Mistake(
      "[policy.\"a b\"]\nlisten = 5\nrestrictions = []",
      "1: policy.\"a b\": \"a b\" is not a name of 1 to 64 letters, digits, - _ .",
      "2: policy.\"a b\".listen: a list is expected, not a number"),
    Mistake(
      "[policy.recipient]",
      "1: policy.recipient.listen: is missing", "1: policy.recipient.restrictions: is missing"),
    Mistake(
      "[policy.x]\nrestriction = []\n\(listen)",
      "2: policy.x.restriction: unknown key; did you mean policy.x.restrictions?"),
    Mistake(
      "[policy.x]\nmode = \"0600\"\n\(listen)", "2: policy.x.mode: unknown key; did you mean auth.mode?"),
    // Where it listens.
    Mistake(
      "[policy.x]\nrestrictions = []\nlisten = [\n\"/run/p\",\n\"127.0.0.1:1\",\n\"inet:::1:1\",\n7]",
      "4: policy.x.listen: \"/run/p\" is not unix:/PATH or inet:HOST:PORT; did you mean unix:/run/p?",
      "5: policy.x.listen: \"127.0.0.1:1\" is not unix:/PATH or inet:HOST:PORT; did you mean inet:127.0.0.1:1?",
      "6: policy.x.listen: \"inet:::1:1\" is not unix:/PATH or inet:HOST:PORT; did you mean inet:[::1]:1?",
      "7: policy.x.listen: unix:/PATH or inet:HOST:PORT is expected, not a number"),
    Mistake(
      "[policy.x]\nrestrictions = []\nlisten = []",
      "3: policy.x.listen: no table [policy.NAME] says where to listen"),
    Mistake(
      "[policy.x]\nrestrictions = []\nlisten = \"unix:/a unix:/a\"",
      "3: policy.x.listen: \"unix:/a\" is given twice"),
    Mistake(
      "[policy.x]\n\(listen)[policy.y]\n\(listen)",
      "5: policy.y.listen: \"inet:127.0.0.1:1\" is taken by policy.x.listen"),
    Mistake(
      "[policy.x]\nrestrictions = []\nlisten = \"inet:LOCALHOST:1\"\n"
        + "[policy.y]\nrestrictions = []\nlisten = \"inet:localhost:01\"",
      "6: policy.y.listen: \"inet:localhost:1\" is taken by policy.x.listen"),
    Mistake(
      "[policy.x]\nrestrictions = []\nlisten = \"unix:/run/saslauthd/mux unix:/run/postern/policy\"",
      "3: policy.x.listen: \"unix:/run/saslauthd/mux\" is taken by auth.listen",
      "3: policy.x.listen: \"unix:/run/postern/policy\" is taken by control.directory"),
    Mistake(
      (1...5).map { table in
        let addresses = (1...16).map { "\"inet:h\(table):\($0)\"" }.joined(separator: ", ")
        return "[policy.p\(table)]\nrestrictions = []\nlisten = [\(addresses)]\n"
      }.joined(), "15: policy.p5.listen: all listeners together have more than 64 addresses"),
    // What is asked.
    Mistake(
      "[policy.x]\nlisten = \"unix:/a\"\nrestrictions = 5",
      "3: policy.x.restrictions: a list is expected, not a number"),
    Mistake(
      "[policy.x]\nlisten = \"unix:/a\"\nrestrictions = [\n5,\n\"a\\u0000\",\n\"hash:${config_directory}/a\"]",
      "4: policy.x.restrictions: a string is expected, not a number",
      "5: policy.x.restrictions: \"a\\u{0}\" has a control character in it",
      """
      6: policy.x.restrictions: $config_directory is main.cf's, and expanded only there: write what it stands for
      """),
    Mistake(
      "[policy.x]\n\(listen)stage = \"rcpt\"\non_failure = \"dunn\"\nopen_relay = 1",
      "4: policy.x.stage: \"rcpt\" is not one of client, helo, sender, relay, recipient, data, end_of_data, etrn",
      "5: policy.x.on_failure: \"dunn\" is not one of dunno, close; did you mean dunno?",
      "6: policy.x.open_relay: true or false is expected, not a number"),
    // Lists.
    Mistake("lists = 5", "1: lists: a table is expected: [lists]"),
    Mistake("[lists]\nx = 5", "2: lists.x: a list is expected, not a number"),
    Mistake("[lists.x]\ny = []", "1: lists.x: a list is expected, not a table; did you mean lists?"),
    Mistake(
      "[lists]\n\"a b\" = []", "2: lists.\"a b\": \"a b\" is not a name of 1 to 64 letters, digits, - _ ."),
    Mistake(
      "[policy.\"x.y\"]\n\(listen)[lists]\n\"x.y\" = []",
      "5: lists.\"x.y\": there is a listener of this name, [policy.\"x.y\"]; mend: rename one of them"),
    // main.cf's.
    Mistake(
      "[mail]\nfrom_postfix = \"postfix\"",
      "2: mail.from_postfix: \"postfix\" is not an absolute path, or \"\" for none"),
    Mistake("[mail]\nmynetwork = \"\"", "2: mail.mynetwork: unknown key; did you mean mail.mynetworks?"),
    Mistake(
      "[mail]\nmydestination = \"a, $mydomain\"",
      "2: mail.mydestination: $mydomain is main.cf's, and expanded only there: write what it stands for"),
    Mistake("[mail]\nmyorigin = [\"a\"]", "2: mail.myorigin: a string is expected, not an array"),
    Mistake(
      "[parameters]\nreject_cod = 550",
      "2: parameters.reject_cod: unknown key; did you mean parameters.reject_code?"),
    Mistake(
      "[parameters]\nreject_code = 250\ndefer_code = \"4x\"\nrelay_domains_reject_code = []",
      "2: parameters.reject_code: \"250\" is not a reply code from 400 to 599",
      "3: parameters.defer_code: \"4x\" is not a reply code from 400 to 599",
      "4: parameters.relay_domains_reject_code: a reply code from 400 to 599 is expected, not an array"),
    // The greylist and the store.
    Mistake(
      "[greylist]\ndelay = \"2w\"\nlookup_by = \"net\"\nipv4_prefix = 33\nauto_whitelist_clients = -1",
      "2: greylist.delay: 2w is not a time from 0s to 7d",
      "3: greylist.lookup_by: \"net\" is not one of subnet, host",
      "4: greylist.ipv4_prefix: 33 is not a whole number from 1 to 32",
      "5: greylist.auto_whitelist_clients: -1 is not a whole number from 0 to 1000000"),
    Mistake(
      "[greylist]\nretry_window = \"5m\"\nmax_age = \"1m\"",
      "2: greylist.retry_window: greylist.retry_window has to be longer than greylist.delay, or nobody ever passes",
      "3: greylist.max_age: greylist.max_age has to be longer than greylist.delay, or nobody ever passes"),
    Mistake(
      "[greylist]\ndelay = \"3d\"",
      "2: greylist.delay: greylist.retry_window has to be longer than greylist.delay, or nobody ever passes"),
    Mistake(
      "[greylist]\naction = \"DEFER_IF_PERMITT\"\ntext = \"\"\nheader = \"X Grey: 1\"",
      """
      2: greylist.action: "DEFER_IF_PERMITT" is no action that takes a text, and no code from 400 to 599; did you \
      mean DEFER_IF_PERMIT?
      """,
      "3: greylist.text: \"\" is not a line of text",
      """
      4: greylist.header: "X Grey: 1" is not a header such as "X-Greylist: delayed %t seconds"
      """),
    Mistake(
      "[greylist]\naction = \"200 fine\"",
      "2: greylist.action: \"200 fine\" is no action that takes a text, and no code from 400 to 599"),
    Mistake(
      "[greylist]\nwhitelist_clients = \"clients\"",
      "2: greylist.whitelist_clients: \"clients\" is not an absolute path of at most 1000 bytes"),
    Mistake("[store]\npath = \"\"", "2: store.path: \"\" is not an absolute path of at most 1000 bytes"),
  ]

  @Test(arguments: mistakes)
  func `names line, key and mend`(_ mistake: Mistake) throws {
    let thrown = #expect(throws: SettingsErrors.self) {
      try SettingsFile.decode(Array(mistake.text.utf8), place: "postern.toml")
    }
    #expect(thrown?.errors.map(\.description) == mistake.says)
  }
}
