import Testing

@testable import Policy

/// `check_…_access` and the sender login family.
struct AccessRestrictionTests {
  @Test(arguments: [
    ("mx.example=OK, 192.0.2.77=REJECT", "DUNNO"), ("example=REJECT tld", "554 5.7.1 tld"),
    ("192.0.2=REJECT net", "554 5.7.1 net"), ("192=REJECT net", "554 5.7.1 net"),
    ("mx.example=DUNNO, 192.0.2.77=REJECT", "DUNNO"), ("x.example=REJECT", "DUNNO"),
  ])
  func `a client's name goes before its address, and DUNNO ends the search`(rows: String, answer: String)
    throws
  {
    let inline = rows.split(separator: ",").map { "{\($0)}" }.joined(separator: ", ")
    #expect(try PolicyScene(["check_client_access inline:{\(inline)}"]).answer() == answer)
  }

  @Test func `a client without a name is unknown`() throws {
    let scene = try PolicyScene(["check_client_access inline:{unknown=REJECT}"])
    #expect(try scene.answer(["client_name": "unknown"]) == "554 5.7.1 Access denied")
  }

  @Test func `the name that a client gave itself can't permit`() throws {
    let scene = try PolicyScene([
      "check_reverse_client_hostname_access inline:{mx.example=OK, bad.test=REJECT}"
    ])
    #expect(try scene.answer() == "451 4.3.5 Server configuration error")
    #expect(try scene.answer(["reverse_client_name": "x.bad.test"]) == "554 5.7.1 Access denied")
  }

  @Test func `networks are asked for the address only`() throws {
    let scene = try PolicyScene(
      ["check_client_access cidr:/t"], tables: ["cidr:/t": "192.0.2.64/26 REJECT net\n0.0.0.0/0 OK\n"])
    #expect(try scene.answer() == "554 5.7.1 net")
    #expect(try scene.decide(["client_address": "192.0.2.1"]).verdict == .permitted(by: .thisList))
    #expect(try scene.decide(["client_address": "2001:db8::1"]).verdict == .undecided)
  }

  @Test func `expressions are asked for the whole key only`() throws {
    let scene = try PolicyScene(
      ["check_recipient_access regexp:/t"],
      tables: ["regexp:/t": "/^lab\\.example$/ REJECT\n/^(.*)@lab\\.example$/ 550 5.1.1 no $1 here\n"])
    #expect(try scene.answer(["recipient": "Joe@Lab.Example"]) == "550 5.1.1 no joe here")
  }

  @Test func `a route behind a recipient is never permitted`() throws {
    let scene = try PolicyScene(["check_recipient_access inline:{lab.example=OK}", "reject"])
    #expect(try scene.decide().verdict == .permitted(by: .thisList))
    #expect(try scene.answer(["recipient": "u%other.test@lab.example"]).hasPrefix("554"))
    let calls = try PolicyScene(["check_recipient_access inline:{lab.example=permit_mynetworks}", "reject"])
    #expect(
      try calls.answer(["recipient": "u%x@lab.example", "client_address": "198.51.100.1"]).hasPrefix("554"))
  }

  @Test func `results may be restrictions and lists`() throws {
    let scene = try PolicyScene(
      ["check_sender_access inline:{{b.example=permit_mynetworks, strict}}", "permit"],
      lists: ["strict": ["reject"]])
    #expect(try scene.answer() == "554 5.7.1 Access denied")
    #expect(try scene.answer(["client_address": "198.51.100.1"]) == "OK")
    #expect(try scene.answer(["sender": "a@c.example"]) == "DUNNO")
  }

  @Test func `a login is looked up as it is`() throws {
    let scene = try PolicyScene(["check_sasl_access inline:{{alice=REJECT locked}}"])
    #expect(try scene.answer(["sasl_username": "Alice"]) == "554 5.7.1 locked")
    #expect(try scene.answer(["sasl_username": "alice@lab.example"]) == "DUNNO")
    #expect(try scene.answer() == "DUNNO")
  }

  /// `facts/postfix.md` §2.6: what each variant says; `-` for nothing, `n` for not logged in, `o` for not the owner.
  static let login: [(sender: String, login: String?, answers: [SenderLoginCheck: Character])] = [
    ("alice@lab.example", "alice", [:]),
    ("ALICE@LAB.example", "Alice", [:]),
    ("alice+x@lab.example", "alice", [:]),
    ("alice@lab.example", "bob", [.any: "o", .authenticated: "o", .known: "o"]),
    ("alice@lab.example", nil, [.any: "n", .unauthenticated: "n", .known: "n"]),
    ("free@other.test", "alice", [.any: "o", .authenticated: "o"]),
    ("free@other.test", nil, [:]),
    ("x@shared.test", "bob", [:]),
    ("x@shared.test", "carol", [.any: "o", .authenticated: "o", .known: "o"]),
    ("dora@lab.example", "dora", [:]),
    ("dora@other.test", "dora", [.any: "o", .authenticated: "o"]),
    ("", "bob", [:]), ("", nil, [:]),
  ]

  @Test(arguments: SenderLoginCheck.allCases)
  func `whose sender address it is`(check: SenderLoginCheck) throws {
    let maps = "inline:{{alice@lab.example=alice}, {@shared.test=alice, bob}, dora=dora}"
    let scene = try PolicyScene([check.rawValue]) {
      $0.domains.senderLoginMaps = [try TableName(maps)]
      $0.parameters.recipientDelimiter = "+"
    }
    for (sender, login, answers) in Self.login {
      let answer = try scene.answer([
        "sender": sender, "sasl_username": login ?? "", "sasl_method": login == nil ? "" : "PLAIN",
      ])
      let expected =
        switch answers[check] {
        case "n": "553 5.7.1 not logged in"
        case "o": "553 5.7.1 not owned by user \(login ?? "")"
        default: "DUNNO"
        }
      #expect(answer == expected, "\(check) \(sender) \(login ?? "-")")
    }
  }

  @Test func `a certificate of relay_clientcerts may relay`() throws {
    let scene = try PolicyScene(["permit_tls_clientcerts"]) {
      $0.domains.relayClientcerts = [try TableName("inline:{{ab:cd=laptop}}")]
    }
    #expect(try scene.answer() == "DUNNO")
    #expect(try scene.answer(["ccert_fingerprint": "AB:CD"]) == "OK")
    #expect(try scene.answer(["ccert_pubkey_fingerprint": "AB:CD", "ccert_fingerprint": "11"]) == "OK")
    #expect(try scene.answer(["ccert_fingerprint": "AB:CE"]) == "DUNNO")
  }
}
