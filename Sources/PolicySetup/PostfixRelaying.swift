package import Policy
package import Settings

/// Whether Postfix, with our answers where it asks us, relays for strangers: main.cf's own lists, followed as far as
/// they can be.
package struct PostfixRelaying {
  /// Asked one after the other at RCPT; a client has to come through all of them.
  package static let lists = ["smtpd_relay_restrictions", "smtpd_recipient_restrictions"]
  /// The others that a client can be refused by.
  private static let others = [
    "smtpd_client_restrictions", "smtpd_helo_restrictions", "smtpd_sender_restrictions",
    "smtpd_data_restrictions",
    "smtpd_end_of_data_restrictions",
  ]
  private static let classes = "smtpd_restriction_classes"
  private static let queue = "queue_directory"
  private static let attributes = ["policy_context", "default_action"]

  private let setup: PolicySetup
  private let directory: String
  private let values: PostfixValues
  private let named: [RestrictionLists.Source]
  private let services: OwnServices

  /// Asks postconf; nil where there is no Postfix to be asked, or it is never to be asked.
  ///
  /// - Parameters:
  ///   - setup: our own lists, and what Postfix says this host is responsible for.
  ///   - settings: which listeners have them.
  ///   - roots: what smtpd servers see as their root.
  /// - Throws: why postconf can't be asked.
  package init?(
    _ setup: PolicySetup, _ settings: Settings, roots: Set<ServerRoot>
  ) throws(PostfixValues.Fault) {
    let directory = settings.mail.fromPostfix
    guard PostfixValues.isConfigured(directory) else { return nil }
    let values = try PostfixValues(
      directory: directory,
      names: Self.lists + Self.others + Self.attributes.map(Self.parameter) + [Self.classes, Self.queue])
    let names = (values[Self.classes] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
    let classes = names.isEmpty ? PostfixValues([:]) : try PostfixValues(directory: directory, names: names)
    named = names.map { (ListName($0), [classes[$0] ?? ""]) }
    services = OwnServices(
      listenersOf: settings, queueDirectory: values[Self.queue] ?? "", roots: roots,
      defaults: Self.attributes.reduce(into: [:]) { $0[$1] = values[Self.parameter($1)] }
    ) { listener in
      setup.list(of: listener).map { setup.policy.answerToStrangers(of: $0, tables: setup.tables) }
    }
    self.setup = setup
    self.directory = directory
    self.values = values
  }

  /// All of main.cf's lists, for who looks at what they ask; a table that stands alone is taken for one of recipients.
  package var consulted: RestrictionLists { read(Self.lists + Self.others, overrides: [:]) }

  private func read(_ lists: [String], overrides: [String: String]) -> RestrictionLists {
    RestrictionLists.read(
      policies: lists.map { (ListName($0), [overrides[$0] ?? values[$0] ?? ""]) }, named: named,
      dialect: .mainCf(shorthand: .recipient)
    ).lists
  }

  /// Where main.cf says an attribute for all calls.
  private static func parameter(_ attribute: String) -> String { "smtpd_policy_service_\(attribute)" }

  /// What the proof comes to.
  ///
  /// - Parameter overrides: what a server has instead of main.cf's parameters.
  /// - Returns: the answer for that server.
  package func proof(overrides: [String: String] = [:]) -> RelayProof {
    let lists = read(Self.lists, overrides: overrides)
    let policy = MailPolicy(
      lists: lists, domains: setup.policy.domains, parameters: setup.policy.parameters)
    return policy.proveHostClosed(
      Self.lists.compactMap { lists.policies[ListName($0)] }, tables: tables(of: policy), services: services)
  }

  /// One that can't be read may say anything, and counts so.
  private func tables(of policy: MailPolicy) -> TableSet {
    var tables = setup.tables
    for name in policy.tables where tables[name] == nil {
      do throws(TableReader.Trouble) { tables[name] = try TableReader.read(name, postfix: directory) } catch {
        continue
      }
    }
    return tables
  }
}
