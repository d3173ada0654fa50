package import Policy
package import Settings

/// Whether Postfix, with our answers where it asks us, relays for strangers: main.cf's own lists, followed as far as
/// they can be.
package struct PostfixRelaying {
  /// Asked one after the other at RCPT; a client has to come through all of them.
  private static let lists = ["smtpd_relay_restrictions", "smtpd_recipient_restrictions"]
  private static let classes = "smtpd_restriction_classes"
  private static let queue = "queue_directory"

  /// What the proof comes to.
  package let proof: RelayProof

  /// Asks postconf, and proves; nil where there is no Postfix to be asked, or it is never to be asked.
  ///
  /// - Parameters:
  ///   - setup: our own lists, and what Postfix says this host is responsible for.
  ///   - settings: which listeners have them.
  /// - Throws: why postconf can't be asked.
  package init?(_ setup: PolicySetup, _ settings: Settings) throws(PostfixValues.Fault) {
    let directory = settings.mail.fromPostfix
    guard PostfixValues.isConfigured(directory) else { return nil }
    let values = try PostfixValues(directory: directory, names: Self.lists + [Self.classes, Self.queue])
    let names = (values[Self.classes] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
    let named = names.isEmpty ? PostfixValues([:]) : try PostfixValues(directory: directory, names: names)
    let reading = RestrictionLists.read(
      policies: Self.lists.map { (ListName($0), [values[$0] ?? ""]) },
      named: names.map { (ListName($0), [named[$0] ?? ""]) }, dialect: .mainCf(shorthand: .recipient))
    let policy = MailPolicy(
      lists: reading.lists, domains: setup.policy.domains, parameters: setup.policy.parameters)
    var tables = setup.tables
    for name in policy.tables where tables[name] == nil {
      // One that can't be read may say anything, and counts so.
      do throws(TableReader.Trouble) { tables[name] = try TableReader.read(name, postfix: directory) } catch {
        continue
      }
    }
    proof = policy.proveHostClosed(
      Self.lists.compactMap { reading.lists.policies[ListName($0)] }, tables: tables,
      services: Self.answers(of: setup, settings, queue: values[Self.queue]))
  }

  /// What our listeners may say to strangers, by the endpoints that main.cf names them by.
  private static func answers(
    of setup: PolicySetup, _ settings: Settings, queue: String?
  ) -> [String: StrangerAnswer] {
    settings.policy.reduce(into: [:]) { answers, listener in
      guard let list = setup.list(of: listener) else { return }
      let answer = setup.policy.answerToStrangers(of: list, tables: setup.tables)
      for address in listener.addresses {
        answers[address.endpoint] = answer
        if let relative = relative(address, to: queue) { answers[relative] = answer }
      }
    }
  }

  /// As a chrooted smtpd has to name it: a path that doesn't begin with a slash is one in the queue directory.
  private static func relative(_ address: ListenAddress, to queue: String?) -> String? {
    guard let queue, case .unix(let path) = address, path.hasPrefix("\(queue)/") else { return nil }
    return "unix:\(path.dropFirst(queue.count + 1))"
  }
}
