import Testing

/// What a script is told that can't be meant.
@Suite struct ScriptReaderTests {
  private static let opening = "list recipient = permit\nclient x.example 192.0.2.1\n"

  @Test(arguments: [
    ("frobnicate", "3: there is no command frobnicate"),
    ("dns x.example A", "3: write dns NAME TYPE VALUE"), ("dns x.example", "3: write dns NAME TYPE VALUE"),
    ("dns", "3: write dns NAME TYPE VALUE"), ("dns x..example A 192.0.2.1", "3: dns: x..example is no name"),
    ("dns x.example CAA 0", "3: dns: CAA is no type: A, NS, PTR, MX, TXT, AAAA"),
    ("dns x.example A 192.0.2", "3: dns: 192.0.2 is no value of a record of type A"),
    ("dns x.example A ::1", "3: dns: ::1 is no value of a record of type A"),
    ("dns x.example AAAA 192.0.2.1", "3: dns: 192.0.2.1 is no value of a record of type AAAA"),
    ("dns x.example MX mail.example", "3: dns: mail.example is no value of an MX record"),
    ("dns x.example MX 10", "3: dns: 10 is no value of an MX record"),
    ("dns x.example MX 70000 m", "3: dns: 70000 is no value of an MX record"),
    ("dns x.example NS a..b", "3: dns: a..b is no value of a record of type NS"),
    ("dns x.example TXT \"open", "3: dns: \"open is no value of a record of type TXT"),
    ("dns x.example A ,", "3: write dns NAME TYPE VALUE"),
    ("list recipient = check_dnsbl ours", "3: check_dnsbl: there is no weighted list ours"),
    ("client x.example", "3: write client NAME ADDRESS"),
    ("client x.example 192.0.2", "3: 192.0.2 is no address"),
    ("wait", "3:  is no time"), ("wait 5 minutes", "3: 5 minutes is no time"),
    ("wait -1s", "3: -1s is no time"),
    ("expect", "3: expect : write expect OK"), ("expect fine", "3: expect fine: write expect OK"),
    ("expect 99", "3: expect 99: write"),
    ("list recipient", "3: write list NAME = "), ("list 1x = permit", "3: 1x is no name for a list"),
    ("list reject = permit", "3: reject is no name for a list"),
    ("list recipient = permit_mynetwork", "3: there is no restriction or list permit_mynetwork"),
    ("list recipient = reject_rbl_client -zen", "3: reject_rbl_client: -zen is no zone"),
    ("list recipient = check_client_access texthash:/no/such", "3: texthash:/no/such: no file is read here"),
    ("list recipient = check_client_access inline:{x=fly}", "3: inline: rule 1:"),
    ("list a = a", "3: lists call one another in a circle: a > a"),
    ("table x", "3: write table NAME = "), ("table odd:x = a b", "3: odd:x is no name for a table"),
    ("table x = key", "3: x: rule 1: there is no result"),
    ("set color blue", "3: color can't be set"),
    ("set smtpd_delay_reject maybe", "3: smtpd_delay_reject: maybe"),
    ("set reject_code 250", "3: reject_code: 250 is no code"),
    ("set mynetworks 192.0.2.1/24", "3: mynetworks: 192.0.2.1/24 has bits"),
    ("set mynetworks /no/such", "3: mynetworks: /no/such: can't be read"),
    ("set inet_interfaces all", "3: inet_interfaces: all is no address"),
    ("data now", "3: write data"), ("login", "3: write login USER [METHOD]"),
  ])
  func `a fault names its line and what is wrong`(line: String, complaint: String) throws {
    let played = PlayedScript(Self.opening + line)
    #expect(played.faults.count == 1)
    #expect(try #require(played.faults.first).hasPrefix(complaint), "\(played.faults)")
  }

  @Test func `all faults are told in one run, and nothing is played`() {
    let played = PlayedScript("helo x\nclient x.example 192.0.2.1\nrcpt u@x.example\nhelp\n")
    #expect(
      played.faults == [
        "1: nobody has connected: client NAME ADDRESS [REVERSE-NAME] comes before helo",
        "4: there is no command help",
      ])
    #expect(played.replies == [])
  }

  @Test func `a value is as long as a command of SMTP may be`() {
    let played = PlayedScript(Self.opening + "mail " + String(repeating: "a", count: 1025))
    #expect(played.faults == ["3: a value has at most 1024 bytes"])
  }

  @Test func `comments, blank lines, capitals and continued lines are read`() {
    let played = PlayedScript(
      """
      # all of it
        LIST recipient = permit_mynetworks, \\  # not here yet
          reject

      \tclient x.example 192.0.2.1   # a stranger\r
      mail <a#b@x.example>
      rcpt u@x.example
      expect 554
      """)
    #expect(played.faults == [])
    #expect(played.replies == ["554 5.7.1 <u@x.example>: Recipient address rejected: Access denied"])
    #expect(played.missed == [])
  }
}
