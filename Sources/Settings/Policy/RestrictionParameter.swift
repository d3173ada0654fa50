/// A parameter of main.cf that restrictions consult: a key of `[parameters]`.
package struct RestrictionParameter: Sendable {
  package let name: String
  /// What holds when neither the file nor Postfix says anything.
  package let postfixDefault: String
  let summary: String
  let kind: Kind

  enum Kind: Sendable {
    /// The code of a reply that refuses.
    case code
    case text
    case list
    case template
    /// What to do for now.
    case action
  }

  /// All that there are, in the manual's order.
  package static let all = [
    code("access_map_reject_code", 554, "an access table's REJECT"),
    code("access_map_defer_code", 450, "an access table's DEFER"),
    code("reject_code", 554, "reject"),
    code("defer_code", 450, "defer"),
    code("relay_domains_reject_code", 554, "reject_unauth_destination"),
    code("non_fqdn_reject_code", 504, "reject_non_fqdn_sender, _recipient and _helo_hostname"),
    code("invalid_hostname_reject_code", 501, "reject_invalid_helo_hostname"),
    code(
      "unknown_client_reject_code", 450,
      "reject_unknown_client_hostname and reject_unknown_reverse_client_hostname"),
    code(
      "unknown_address_reject_code", 450, "reject_unknown_sender_domain and reject_unknown_recipient_domain"),
    code("unknown_hostname_reject_code", 450, "reject_unknown_helo_hostname"),
    action("reject_tempfail_action", "defer_if_permit", "the two after this one"),
    action(
      "unknown_address_tempfail_action", "$reject_tempfail_action",
      "reject_unknown_sender_domain and reject_unknown_recipient_domain"),
    action(
      "unknown_helo_hostname_tempfail_action", "$reject_tempfail_action", "reject_unknown_helo_hostname"),
    code("maps_rbl_reject_code", 554, "reject_rbl_client, the reject_rhsbl_ restrictions and check_dnsbl"),
    RestrictionParameter(
      name: "default_rbl_reply",
      postfixDefault: """
        $rbl_code Service unavailable; $rbl_class [$rbl_what] blocked using $rbl_domain${rbl_reason?; $rbl_reason}
        """,
      summary: "The template of the reply to what a list in the DNS lists.", kind: .template),
    RestrictionParameter(
      name: "rbl_reply_maps", postfixDefault: "",
      summary: """
        Tables with such templates for some of the lists, by the argument of the restriction as it is written.
        """, kind: .list),
    RestrictionParameter(
      name: "smtpd_null_access_lookup_key", postfixDefault: "<>",
      summary: "What is looked up in an access table for the null sender.", kind: .text),
    RestrictionParameter(
      name: "recipient_delimiter", postfixDefault: "",
      summary: "Characters, each of which begins an address extension.", kind: .text),
    RestrictionParameter(
      name: "parent_domain_matches_subdomains",
      postfixDefault: """
        debug_peer_list, fast_flush_domains, mynetworks, permit_mx_backup_networks, qmqpd_authorized_clients, \
        relay_domains, smtpd_access_maps
        """,
      summary: "The parameters in whose lists a domain stands for its subdomains, too.", kind: .list),
  ]

  private static func action(_ name: String, _ usual: String, _ asking: String) -> RestrictionParameter {
    RestrictionParameter(
      name: name, postfixDefault: usual,
      summary: """
        What to do when the DNS can't answer now, of \(asking): defer_if_permit (unless a later restriction refuses \
        for good) or defer (at once).
        """, kind: .action)
  }

  private static func code(_ name: String, _ number: Int, _ refusing: String) -> RestrictionParameter {
    RestrictionParameter(
      name: name, postfixDefault: String(number), summary: "The reply code of \(refusing).",
      kind: .code)
  }
}
