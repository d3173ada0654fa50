import Testing

@testable import Policy

/// Each restriction beside what `facts/postfix.md` §2.2 says of Postfix's own: code, enhanced status, text.
struct RestrictionAnswerTests {
  /// A list of one restriction, values of the request that differ from the usual one, and the answer.
  typealias Case = (restriction: String, request: [String: String?], answer: String)

  static let pseudo: [Case] = [
    ("permit", [:], "DUNNO"),
    ("reject", [:], "554 5.7.1 Access denied"),
    ("defer", [:], "450 4.3.2 Try again later"),
    ("defer_if_permit", [:], "DEFER_IF_PERMIT 4.7.0 defer_if_permit requested"),
    ("defer_if_reject", [:], "DEFER_IF_REJECT 4.7.0 defer_if_reject requested"),
    ("warn_if_reject reject", [:], "DUNNO"),
    ("warn_if_reject warn_if_reject reject, defer", [:], "450 4.3.2 Try again later"),
    ("defer_if_reject reject", [:], "450 4.7.0 defer_if_reject requested"),
    ("defer_if_reject defer", [:], "450 4.3.2 Try again later"),
    ("defer_if_permit reject", [:], "554 5.7.1 Access denied"),
    ("defer_if_permit permit", [:], "DEFER_IF_PERMIT 4.7.0 defer_if_permit requested"),
    ("defer_if_permit defer_if_reject reject", [:], "DEFER_IF_PERMIT 4.7.0 defer_if_permit requested"),
    ("warn_if_reject defer_if_permit permit", [:], "DUNNO"),
    ("REJECT", [:], "554 5.7.1 Access denied"),
  ]

  static let clients: [Case] = [
    ("permit_mynetworks", [:], "DUNNO"),
    ("permit_mynetworks", ["client_address": "198.51.100.255"], "OK"),
    ("permit_mynetworks", ["client_address": "::ffff:198.51.100.7"], "OK"),
    ("permit_mynetworks", ["client_address": "2001:db8:1:ffff::1"], "OK"),
    ("permit_mynetworks", ["client_address": "2001:db8:2::1"], "DUNNO"),
    ("permit_mynetworks", ["client_address": "unknown"], "DUNNO"),
    ("permit_mynetworks", ["client_address": nil, "client_name": nil], "DUNNO"),
    ("permit_sasl_authenticated", [:], "DUNNO"),
    ("permit_sasl_authenticated", ["sasl_method": "PLAIN", "sasl_username": "u"], "OK"),
    ("permit_sasl_authenticated", ["sasl_method": "XCLIENT", "sasl_username": "u"], "OK"),
    ("permit_sasl_authenticated", ["sasl_method": "Anonymous", "sasl_username": "u"], "DUNNO"),
    ("reject_unknown_client_hostname", [:], "DUNNO"),
    (
      "reject_unknown_client_hostname", ["client_name": "unknown"],
      "450 4.7.25 cannot find your hostname, [192.0.2.77]"
    ),
    (
      "reject_unknown_client", ["client_name": "unknown"],
      "450 4.7.25 cannot find your hostname, [192.0.2.77]"
    ),
    ("reject_unknown_reverse_client_hostname", ["client_name": "unknown"], "DUNNO"),
    (
      "reject_unknown_reverse_client_hostname", ["reverse_client_name": "unknown"],
      "450 4.7.1 cannot find your reverse hostname, [192.0.2.77]"
    ),
  ]

  /// `facts/postfix.md` §2.2: what each of the checks accepts and refuses.
  static let helo: [Case] =
    ["a..b", "-x.test", "x-.test", "1.2.3"].flatMap { name -> [Case] in
      [
        ("reject_invalid_helo_hostname", ["helo_name": name], "501 5.5.2 Invalid name"),
        ("reject_non_fqdn_helo_hostname", ["helo_name": name], "504 5.5.2 need fully-qualified hostname"),
      ]
    }
    + ["[300.1.1.1]", "[bogus]", "[", "[]", "[1.2.3.4", "[IPv6:1.2.3.4]", "[2001:db8::1]"].flatMap {
      name -> [Case] in
      [
        ("reject_invalid_helo_hostname", ["helo_name": name], "501 5.5.2 invalid ip address"),
        ("reject_non_fqdn_helo_hostname", ["helo_name": name], "501 5.5.2 invalid ip address"),
      ]
    }
    + ["host", "192.0.2.1", "2001:db8::1"].flatMap { name -> [Case] in
      [
        ("reject_invalid_helo_hostname", ["helo_name": name], "DUNNO"),
        ("reject_non_fqdn_helo_hostname", ["helo_name": name], "504 5.5.2 need fully-qualified hostname"),
      ]
    }
    + ["h_x.test", "good.test.", "[1.2.3.4]", "[IPv6:2001:db8::1]", "[ipv6:::1]", "x.y", ""].flatMap {
      name -> [Case] in
      [
        ("reject_invalid_helo_hostname", ["helo_name": name], "DUNNO"),
        ("reject_non_fqdn_hostname", ["helo_name": name], "DUNNO"),
      ]
    }

  static let addresses: [Case] =
    ["u", "u@host", "u@host.", "u@", "u@a..b", "u@1.2", "u@x-.test"].flatMap { address -> [Case] in
      [
        ("reject_non_fqdn_sender", ["sender": address], "504 5.5.2 need fully-qualified address"),
        ("reject_non_fqdn_recipient", ["recipient": address], "504 5.5.2 need fully-qualified address"),
      ]
    }
    + ["u@[1.2.3.4]", "u@a.b", "u@a.b.", "u@x@a.b", "ü@exämple.test"].flatMap { address -> [Case] in
      [
        ("reject_non_fqdn_sender", ["sender": address], "DUNNO"),
        ("reject_non_fqdn_recipient", ["recipient": address], "DUNNO"),
      ]
    } + [("reject_non_fqdn_sender", ["sender": ""], "DUNNO")]

  /// `facts/postfix.md` §2.3.
  static let destinations: [Case] =
    [
      "u", "u@LAB.EXAMPLE", "u@lab.example.", "u@[127.0.0.1]", "u@relay.test", "u@sub.relay.test",
      "@other.test:u@lab.example", "u@alias.test", "u@box.test", "u+x@lab.example", "\u{FC}@lab.example",
    ].flatMap { address -> [Case] in
      [
        ("reject_unauth_destination", ["recipient": address], "DUNNO"),
        ("defer_unauth_destination", ["recipient": address], "DUNNO"),
        ("permit_auth_destination, reject", ["recipient": address], "DUNNO"),
      ]
    }
    + [
      "u@sub.lab.example", "u@[192.0.2.1]", "u%other.test@lab.example", "other.test!u@lab.example",
      "u@other.test@lab.example", "u@other.test", "u%other.test", "other.test!u", "u@sub.alias.test",
      "u@xrelay.test", "u@lab.example..", "u@[bogus]", "@other.test:u@evil.test", "u@", "",
      "u%other.test@relay.test", "@lab.example:u@lab.example@evil.test",
    ].flatMap { address -> [Case] in
      [
        ("reject_unauth_destination", ["recipient": address], "554 5.7.1 Relay access denied"),
        ("defer_unauth_destination", ["recipient": address], "454 4.7.1 Relay access denied"),
        ("permit_auth_destination, reject", ["recipient": address], "554 5.7.1 Access denied"),
      ]
    } + [("reject_unauth_destination", ["protocol_state": "DATA", "recipient": ""], "DUNNO")]

  static let cases = [
    "pseudo restrictions": pseudo, "clients": clients, "HELO": helo, "addresses": addresses,
    "destinations": destinations,
  ]

  @Test(arguments: cases.keys.sorted())
  func `a restriction answers as Postfix does`(kind: String) throws {
    for (restriction, request, answer) in try #require(Self.cases[kind]) {
      let scene = try PolicyScene([restriction])
      let given = try scene.answer(request, dns: [])
      #expect(given == answer, "\(restriction) for \(request)")
    }
  }

  @Test func `parameters change codes`() throws {
    let scene = try PolicyScene(["check_helo_access inline:{a.test=REJECT}", "reject_invalid_helo_hostname"])
    {
      try $0.parameters.set("access_map_reject_code", to: "550")
      try $0.parameters.set("invalid_hostname_reject_code", to: "450")
    }
    #expect(try scene.answer(["helo_name": "a.test"]) == "550 5.7.1 Access denied")
    #expect(try scene.answer(["helo_name": "a..b"]) == "450 4.5.2 Invalid name")
  }

  @Test(arguments: [
    ("access_map_reject_code", "250"), ("defer_code", "x"), ("smtpd_null_access_lookup_key", ""),
    ("default_rbl_reply", "${x"), ("rbl_reply_maps", "x"),
    ("unknown_address_tempfail_action", "450"),
    ("nothing", "1"),
  ])
  func `a wrong parameter is refused`(name: String, value: String) {
    var parameters = PolicyParameters()
    #expect(throws: PolicyParameters.Fault.self) { try parameters.set(name, to: value) }
  }
}
