import MailTypes

/// A name that may stand in a list, what follows it, and what it means: one table instead of a chain of comparisons.
struct RestrictionKeyword {
  let name: String
  let meaning: Meaning

  enum Meaning {
    case plain(Restriction)
    case warnIfReject
    case access(AccessSubject)
    /// It needs a list in the DNS.
    case listed(Effect, ListedSubject)
    /// It needs the name of a weighted list.
    case weighted
    case servers(ServerAccess)
    case foreign(Argument, ForeignRestriction.Standing, mayPermitStrangers: Bool)
  }

  /// What becomes of what a list in the DNS lists.
  enum Effect: Hashable { case rejects, permits }

  /// What has to follow a name.
  enum Argument {
    case none
    /// `type:table`.
    case table
    case number
    case endpoint
  }

  /// By name, in small letters, the names of Postfix before 2.3 included.
  static let byName: [String: RestrictionKeyword] = {
    let older = [
      "reject_unknown_client": "reject_unknown_client_hostname",
      "reject_invalid_hostname": "reject_invalid_helo_hostname",
      "reject_non_fqdn_hostname": "reject_non_fqdn_helo_hostname",
      "reject_unknown_hostname": "reject_unknown_helo_hostname",
      "reject_unknown_address": "reject_unknown_sender_domain",
      "reject_rbl": "reject_rbl_client",
      "check_recipient_maps": "reject_unlisted_recipient",
    ]
    var table = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
    for (old, new) in older { table[old] = table[new] }
    return table
  }()

  static func find(_ word: String) -> RestrictionKeyword? {
    byName[String(decoding: word.utf8.lowercasedASCII, as: UTF8.self)]
  }

  static func name(of restriction: Restriction) -> String? { names[restriction] }

  static func name(_ effect: Effect, _ subject: ListedSubject) -> String? {
    listed.first { keyword in
      if case .listed(effect, subject) = keyword.meaning { true } else { false }
    }?.name
  }

  /// The restrictions that ask a list in the DNS about one thing.
  private static let listed: [RestrictionKeyword] = [
    listed("reject_rbl_client", .rejects, .client), listed("reject_rhsbl_client", .rejects, .clientName),
    listed("reject_rhsbl_reverse_client", .rejects, .reverseClientName),
    listed("reject_rhsbl_helo", .rejects, .helo), listed("reject_rhsbl_sender", .rejects, .sender),
    listed("reject_rhsbl_recipient", .rejects, .recipient),
    listed("permit_dnswl_client", .permits, .client), listed("permit_rhswl_client", .permits, .clientName),
  ]

  private static func listed(_ name: String, _ effect: Effect, _ subject: ListedSubject) -> RestrictionKeyword
  {
    RestrictionKeyword(name: name, meaning: .listed(effect, subject))
  }

  private static let names: [Restriction: String] = Dictionary(
    uniqueKeysWithValues: all.compactMap {
      if case .plain(let restriction) = $0.meaning { (restriction, $0.name) } else { nil }
    })

  static let all: [RestrictionKeyword] =
    evaluated + SenderLoginCheck.allCases.map { plain($0.rawValue, .rejectSenderLoginMismatch($0)) }
    + AccessSubject.allCases.map { RestrictionKeyword(name: $0.rawValue, meaning: .access($0)) }
    + ServerAccess.allCases.map { RestrictionKeyword(name: $0.name, meaning: .servers($0)) }
    + [RestrictionKeyword(name: "check_dnsbl", meaning: .weighted)] + listed + smtpd

  private static let evaluated: [RestrictionKeyword] = [
    plain("permit", .permit), plain("reject", .reject), plain("defer", .defer),
    plain("defer_if_permit", .deferIfPermit), plain("defer_if_reject", .deferIfReject),
    RestrictionKeyword(name: "warn_if_reject", meaning: .warnIfReject),
    plain("permit_mynetworks", .permitMynetworks),
    plain("permit_sasl_authenticated", .permitSASLAuthenticated),
    plain("permit_tls_clientcerts", .permitTLSClientcerts),
    plain("permit_auth_destination", .permitAuthDestination),
    plain("reject_unauth_destination", .rejectUnauthDestination),
    plain("defer_unauth_destination", .deferUnauthDestination),
    plain("reject_non_fqdn_sender", .rejectNonFQDNSender),
    plain("reject_non_fqdn_recipient", .rejectNonFQDNRecipient),
    plain("reject_non_fqdn_helo_hostname", .rejectNonFQDNHeloHostname),
    plain("reject_invalid_helo_hostname", .rejectInvalidHeloHostname),
    plain("reject_unknown_client_hostname", .rejectUnknownClientHostname),
    plain("reject_unknown_reverse_client_hostname", .rejectUnknownReverseClientHostname),
    plain("reject_unknown_helo_hostname", .rejectUnknownHeloHostname),
    plain("reject_unknown_sender_domain", .rejectUnknownSenderDomain),
    plain("reject_unknown_recipient_domain", .rejectUnknownRecipientDomain),
    plain("check_greylist", .checkGreylist),
  ]

  private static let smtpd: [RestrictionKeyword] = [
    foreign("permit_inet_interfaces", .none, .staysInMainCf),
    foreign("permit_mx_backup", .none, .staysInMainCf, mayPermitStrangers: true),
    foreign("permit_tls_all_clientcerts", .none, .staysInMainCf, mayPermitStrangers: true),
    foreign("check_ccert_access", .table, .staysInMainCf, mayPermitStrangers: true),
    foreign("check_etrn_access", .table, .staysInMainCf, mayPermitStrangers: true),
    foreign("check_policy_service", .endpoint, .staysInMainCf, mayPermitStrangers: true),
    foreign("reject_unlisted_sender", .none, .staysInMainCf),
    foreign("reject_unlisted_recipient", .none, .staysInMainCf),
    foreign("reject_unverified_sender", .none, .staysInMainCf),
    foreign("reject_unverified_recipient", .none, .staysInMainCf),
    foreign("reject_multi_recipient_bounce", .none, .staysInMainCf),
    foreign("reject_unauth_pipelining", .none, .staysInMainCf),
    foreign("reject_plaintext_session", .none, .staysInMainCf),
    foreign("sleep", .number, .staysInMainCf),
    foreign(
      "permit_naked_ip_address", .none,
      .removed(instead: "permit_mynetworks or permit_sasl_authenticated"), mayPermitStrangers: true),
    foreign(
      "check_relay_domains", .none, .removed(instead: "reject_unauth_destination"), mayPermitStrangers: true),
    foreign("reject_maps_rbl", .none, .removed(instead: "reject_rbl_client")),
  ]

  private static func plain(_ name: String, _ restriction: Restriction) -> RestrictionKeyword {
    RestrictionKeyword(name: name, meaning: .plain(restriction))
  }

  private static func foreign(
    _ name: String, _ argument: Argument, _ standing: ForeignRestriction.Standing,
    mayPermitStrangers: Bool = false
  ) -> RestrictionKeyword {
    RestrictionKeyword(
      name: name, meaning: .foreign(argument, standing, mayPermitStrangers: mayPermitStrangers))
  }
}
