extension PolicyParameters {
  /// A value that a parameter can't have.
  package struct Fault: Error, Equatable, Sendable, CustomStringConvertible {
    package let name: String
    package let reason: Reason

    package enum Reason: Equatable, Sendable {
      case unknown
      /// A reply that refuses has a code from 400 to 599.
      case code(String)
      case empty
      case template
      case action(String)
      case table(TableName.Fault)
    }

    package var description: String {
      switch reason {
      case .unknown: "\(name) is no parameter that a restriction consults"
      case .code(let value): "\(name): \(value) is no code from 400 to 599"
      case .empty: "\(name) must not be empty"
      case .template: "\(name): the template has a brace without its other one or a $ without a name"
      case .action(let value):
        "\(name): \(value) is neither \(TempfailAction.allCases.map(\.rawValue).joined(separator: " nor "))"
      case .table(let fault): "\(name): \(fault)"
      }
    }
  }

  /// The names that `set` knows, as main.cf has them.
  package static let names =
    (codes.map(\.name) + [
      "smtpd_null_access_lookup_key", "recipient_delimiter", "parent_domain_matches_subdomains",
      "default_rbl_reply", "rbl_reply_maps",
      "reject_tempfail_action", "unknown_address_tempfail_action", "unknown_helo_hostname_tempfail_action",
    ])
    .sorted()

  /// Takes the value of a parameter, as main.cf writes it.
  package mutating func set(_ name: String, to value: String) throws(Fault) {
    if let code = Self.codes.first(where: { $0.name == name }) {
      guard let number = Int(value), StatusCode(number) != nil else {
        throw Fault(name: name, reason: .code(value))
      }
      self[keyPath: code.path] = number
      return
    }
    switch name {
    case "smtpd_null_access_lookup_key":
      if value.isEmpty { throw Fault(name: name, reason: .empty) }
      nullAccessLookupKey = value
    case "recipient_delimiter": recipientDelimiter = value
    case "parent_domain_matches_subdomains": parentDomainMatchesSubdomains = Set(ListWords.split(value))
    case "default_rbl_reply":
      guard let template = ReplyTemplate(Array(value.utf8)) else {
        throw Fault(name: name, reason: .template)
      }
      defaultRBLReply = template
    case "rbl_reply_maps":
      do throws(TableName.Fault) {
        rblReplyMaps = try TableName.list(value)
      } catch {
        throw Fault(name: name, reason: .table(error))
      }
    case "reject_tempfail_action": rejectTempfailAction = try Self.action(name, value)
    case "unknown_address_tempfail_action":
      unknownAddressTempfailAction = value == Self.usualAction ? nil : try Self.action(name, value)
    case "unknown_helo_hostname_tempfail_action":
      unknownHeloHostnameTempfailAction = value == Self.usualAction ? nil : try Self.action(name, value)
    default: throw Fault(name: name, reason: .unknown)
    }
  }

  /// What main.cf has where nothing else is said.
  private static let usualAction = "$reject_tempfail_action"

  private static func action(_ name: String, _ value: String) throws(Fault) -> TempfailAction {
    guard let action = TempfailAction(rawValue: value) else {
      throw Fault(name: name, reason: .action(value))
    }
    return action
  }

  private static var codes: [(name: String, path: WritableKeyPath<PolicyParameters, Int>)] {
    [
      ("access_map_reject_code", \.accessMapRejectCode), ("access_map_defer_code", \.accessMapDeferCode),
      ("reject_code", \.rejectCode), ("defer_code", \.deferCode),
      ("relay_domains_reject_code", \.relayDomainsRejectCode), ("non_fqdn_reject_code", \.nonFQDNRejectCode),
      ("invalid_hostname_reject_code", \.invalidHostnameRejectCode),
      ("unknown_client_reject_code", \.unknownClientRejectCode),
      ("maps_rbl_reject_code", \.mapsRBLRejectCode),
      ("unknown_address_reject_code", \.unknownAddressRejectCode),
      ("unknown_hostname_reject_code", \.unknownHostnameRejectCode),
    ]
  }
}
