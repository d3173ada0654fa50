import MailTypes
import TestKit
import Testing

@testable import Policy

/// Lists, tables and requests of few different names, so that they often meet.
enum RandomPolicy {
  private static let plain = [
    "permit", "reject", "defer", "defer_if_permit", "defer_if_reject", "permit_mynetworks",
    "permit_sasl_authenticated", "permit_tls_clientcerts", "permit_auth_destination",
    "reject_unauth_destination", "defer_unauth_destination", "reject_non_fqdn_sender",
    "reject_non_fqdn_recipient", "reject_non_fqdn_helo_hostname", "reject_invalid_helo_hostname",
    "reject_unknown_client_hostname", "reject_unknown_reverse_client_hostname",
    "reject_sender_login_mismatch", "reject_authenticated_sender_login_mismatch",
    "reject_unauthenticated_sender_login_mismatch", "reject_known_sender_login_mismatch", "check_greylist",
  ]
  private static let lookups = [
    "reject_rbl_client bl.example", "reject_rbl_client bl.example=127.0.0.3",
    "reject_rbl_client other.example",
    "reject_rhsbl_client names.example", "reject_rhsbl_reverse_client names.example",
    "reject_rhsbl_helo names.example", "reject_rhsbl_sender names.example=127.0.0.[2..3]",
    "reject_rhsbl_recipient names.example", "permit_dnswl_client wl.example",
    "permit_dnswl_client wl.example=127.0.0.2", "permit_rhswl_client names.example",
    "reject_unknown_sender_domain", "reject_unknown_recipient_domain", "reject_unknown_helo_hostname",
    "check_dnsbl ours", "check_dnsbl theirs",
  ]
  private static let names = ["one", "two", "three"]
  private static let domains = [
    "lab.example", "sub.lab.example", "relay.test", "sub.relay.test", "alias.test", "evil.test",
    "x.evil.test",
    "[127.0.0.1]", "test",
  ]
  private static let users = ["u", "u+x", "alice", "u%evil.test", "evil.test!u", "a b"]
  private static let addresses = [
    "198.51.100.7", "198.51.101.7", "192.0.2.77", "2001:db8:1::5", "2001:db8:2::5", "::ffff:198.51.100.9",
    "unknown",
  ]
  private static let networks = [
    "198.51.100.0/25", "198.51.100.0/24", "198.51.0.0/16", "0.0.0.0/0", "192.0.2.77", "2001:db8:1::/64",
    "::/0",
    "::ffff:0:0/96",
  ]
  private static let actions = [
    "OK", "DUNNO", "REJECT no", "DEFER_IF_PERMIT", "DEFER_IF_REJECT", "HOLD", "DISCARD", "550 5.1.1 no",
    "550", "RELAY",
    "PREPEND X: y", "permit_mynetworks", "reject_unauth_destination", "warn_if_reject one", "one, reject",
    "two",
    "three", "permit_auth_destination, permit", "defer_if_permit, two", "permit_dnswl_client wl.example",
    "reject_rbl_client bl.example, one",
  ]

  static func make(_ random: inout SeededGenerator) throws -> PolicyScene {
    let items = list(&random)
    return try make(items, lists: lists(&random), &random)
  }

  /// Lists that may be called by name, without circles.
  static func lists(_ random: inout SeededGenerator) -> [String: [String]] {
    names.indices.reduce(into: [:]) { lists, index in
      lists[names[index]] = list(&random, mayCall: names[(index + 1)...])
    }
  }

  /// A list that may call them all.
  static func list(_ random: inout SeededGenerator) -> [String] { list(&random, mayCall: names[...]) }

  /// Lists that are made, with values at random.
  static func make(
    _ items: [String], lists: [String: [String]], _ random: inout SeededGenerator
  ) throws -> PolicyScene {
    var scene = try PolicyScene(items, lists: lists, weighted: weighted)
    scene.policy.domains.mynetworks = try PolicyScene.list(
      pick(
        [
          "198.51.100.0/24, [2001:db8:1::]/48", "!198.51.100.128/25, 198.51.100.0/24", "[::]/0",
          "trusted.test",
        ],
        &random), .hosts)
    scene.policy.domains.relayDomains = try PolicyScene.list(
      pick(["relay.test", "relay.test, lab.example", "!sub.relay.test, relay.test", ".relay.test"], &random),
      .names)
    scene.policy.domains.senderLoginMaps = [try TableName("inline:{alice@lab.example=alice}")]
    scene.policy.domains.relayClientcerts = [try TableName("inline:{{ab:cd=x}}")]
    scene.policy.parameters.recipientDelimiter = "+"
    if Bool.random(using: &random) {
      scene.policy.parameters.parentDomainMatchesSubdomains.remove("smtpd_access_maps")
    }
    if Bool.random(using: &random) {
      scene.policy.parameters.parentDomainMatchesSubdomains.remove("relay_domains")
    }
    for table in scene.policy.tables.sorted(by: { $0.description < $1.description }) {
      scene.facts.tables[table] = try LookupTable(table, contents: [])
    }
    return scene
  }

  private static let weighted: [String: WeightedList] = [
    "ours": WeightedList.read(
      "ours", sites: ["bl.example*2", "other.example=127.0.0.3*2", "wl.example*-4", "third.example"],
      threshold: 3
    ).list,
    "theirs": WeightedList.read("theirs", sites: ["wl.example*-1", "bl.example"], threshold: 1).list,
  ]

  /// Mostly the restrictions of a list that somebody means, with anything between.
  private static func list(_ random: inout SeededGenerator, mayCall lists: ArraySlice<String>) -> [String] {
    (0..<Int.random(in: 1...5, using: &random)).map { _ in
      let warning = Int.random(in: 0..<8, using: &random) == 0 ? "warn_if_reject " : ""
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<4: return warning + pick(plain, &random)
      case 10: return warning + pick(lookups, &random)
      case 11: return warning + servers(&random)
      case 4..<8: return warning + access(&random)
      case 8: return warning + (lists.isEmpty ? "check_greylist" : pick(Array(lists), &random))
      default: return warning + "reject_unauth_destination"
      }
    }
  }

  private static func access(_ random: inout SeededGenerator) -> String {
    let subject = pick(AccessSubject.allCases, &random)
    let rows = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      (key: key(subject, &random), action: pick(actions, &random))
    }
    if subject == .client, Bool.random(using: &random) {
      let rules = rows.map { row in
        "{\(Int.random(in: 0..<4, using: &random) == 0 ? "!" : "")\(pick(networks, &random)) \(row.action)}"
      }
      return "check_client_access cidr:{\(rules.joined(separator: ", "))}"
    }
    if Int.random(in: 0..<6, using: &random) == 0 {
      let results = ["OK", "REJECT no $1", "$1", "DUNNO", "5$1 x", "warn_if_reject two"]
      return
        "\(subject.rawValue) \(pick(["regexp", "pcre"], &random)):{{/^(.*)[.@]\(pick(["test", "example"], &random))$/ "
        + pick(results, &random) + "}}"
    }
    return "\(subject.rawValue) inline:{\(rows.map { "{\($0.key)=\($0.action)}" }.joined(separator: ", "))}"
  }

  private static func servers(_ random: inout SeededGenerator) -> String {
    let rows = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      (
        key: pick(["a.test", "test", "127", "192.0.2.77", "mx.example"], &random),
        action: pick(actions, &random)
      )
    }
    return "\(pick(ServerAccess.allCases, &random).name) "
      + "inline:{\(rows.map { "{\($0.key)=\($0.action)}" }.joined(separator: ", "))}"
  }

  private static func key(_ subject: AccessSubject, _ random: inout SeededGenerator) -> String {
    switch subject {
    case .client, .reverseClient: pick(domains + addresses + ["198.51", "2001"], &random)
    case .helo: pick(domains, &random)
    case .sasl: pick(["alice", "anonymous"], &random)
    case .sender, .recipient:
      switch Int.random(in: 0..<4, using: &random) {
      case 0: pick(users, &random) + "@" + pick(domains, &random)
      case 1: pick(users, &random) + "@"
      case 2: "." + pick(domains, &random)
      default: pick(domains + ["<>"], &random)
      }
    }
  }

  static func request(_ random: inout SeededGenerator) throws -> PolicyRequest {
    func address(_ random: inout SeededGenerator) -> String {
      switch Int.random(in: 0..<12, using: &random) {
      case 0: ""
      case 1: pick(users, &random)
      case 2: "@lab.example:\(pick(users, &random))@\(pick(domains, &random))"
      default: "\(pick(users, &random))@\(pick(domains, &random))"
      }
    }
    return try RequestText.request([
      "client_address": pick(addresses, &random),
      "client_name": pick(domains + ["unknown", "trusted.test"], &random),
      "reverse_client_name": pick(domains + ["unknown"], &random),
      "helo_name": pick(domains + ["", "a..b"], &random),
      "sender": address(&random), "recipient": address(&random),
      "sasl_method": pick(["", "", "PLAIN", "ANONYMOUS"], &random),
      "sasl_username": pick(["", "", "alice", "anonymous"], &random),
      "ccert_fingerprint": pick(["", "", "AB:CD", "11:22"], &random),
    ])
  }

  /// Asks the host's own values, not the list, who is a stranger and what is elsewhere.
  static func isStranger(_ request: PolicyRequest, to scene: PolicyScene) -> Bool {
    let view = RequestView(request: request)
    let policy = scene.policy
    let isInside = policy.domains.mynetworks.contains(
      host: view.clientName, address: view.clientAddress, parents: policy.parameters.networkParents,
      tables: scene.facts.tables)
    let login = request[.saslMethod].map { Array($0) } ?? []
    let hasLogin = !login.isEmpty && login != Array("ANONYMOUS".utf8)
    // A name without a method is not something that Postfix sends.
    let isOdd = login.isEmpty && request[.saslUsername]?.isEmpty == false
    let hasCertificate = request[.ccertFingerprint]?.elementsEqual("AB:CD".utf8) == true
    guard isInside == .no, !hasLogin, !isOdd, !hasCertificate, let recipient = request.recipient else {
      return false
    }
    guard let address = policy.qualified(recipient) else { return true }
    return policy.domains.destination(of: address, policy.parameters, scene.facts.tables) == .elsewhere
  }

  static func greylist(_ random: inout SeededGenerator) -> PolicyAction {
    pick([.dunno, .ok, .deferIfPermit(nil), .reject(nil), .hold(nil)], &random)
  }

  static func pick<Choice>(_ choices: [Choice], _ random: inout SeededGenerator) -> Choice {
    choices[Int.random(in: choices.indices, using: &random)]
  }
}
