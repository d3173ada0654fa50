import Policy
import PolicySetup
import Settings

/// Whether the restriction lists can be read, and let no stranger relay.
struct PolicyCheck {
  let settings: Settings
  let source: SettingsSource
  let host: Host

  var findings: [Finding] {
    // postgrey's command line has no list of its own.
    guard !settings.policy.isEmpty, settings.log.wording != .postgrey else { return [] }
    let setup = PolicySetup(settings, source: source)
    guard setup.faults.isEmpty else {
      return setup.faults.map { .error($0.description, mend: "correct it, and try postern check again") }
    }
    return tables(setup) + settings.policy.flatMap { relay($0, setup) }
      + settings.policy.flatMap { unreachable($0, setup) }
      + mainFile(setup.completed(settings, source: source))
  }

  /// Those that can't be used, by whoever asks or by the service.
  private func tables(_ setup: PolicySetup) -> [Finding] {
    let usable = setup.policy.tables.filter { setup.tables[$0] != nil }
    return setup.troubles.map { Self.missingTable($0, user: settings.run.front) }
      + TableCheck(settings: settings, host: host).findings(for: usable)
  }

  static func missingTable(_ trouble: TableReader.Trouble, user: String) -> Finding {
    .warning(
      "a table can't be used, and what asks it answers 451: \(trouble)",
      mend: trouble.mend(user: user) ?? "correct it; it is read again when it changes")
  }

  /// Of the lists that Postfix asks before it relays.
  private func relay(_ listener: PolicyListenerSettings, _ setup: PolicySetup) -> [Finding] {
    guard [.relay, .recipient].contains(listener.stage), !listener.openRelay,
      let list = setup.list(of: listener),
      case .open(let path) = setup.policy.proveClosed(list, tables: setup.tables)
    else { return [] }
    return [
      .error(
        "[policy.\(listener.name)] may let strangers relay: "
          + path.map(\.description).joined(separator: "; "),
        mend: "put reject_unauth_destination before it, or say open_relay = true if that is meant")
    ]
  }

  private func unreachable(_ listener: PolicyListenerSettings, _ setup: PolicySetup) -> [Finding] {
    guard let list = setup.list(of: listener) else { return [] }
    return setup.policy.unreachable(in: list).map { step in
      let reason = "\(step.restriction) is never asked: \(step.decidedBy) decides everything before it"
      let error = settings.error(inList: listener.name, item: step.item, reason, source: source)
      return .warning(error.description, mend: "remove it, or put it before \(step.decidedBy)")
    }
  }

  /// Main.cf's own lists, our answers put in; Postfix relays or doesn't without our start, so it is a warning.
  private func mainFile(_ setup: PolicySetup) -> [Finding] {
    if let fault = setup.faults.first { return [unseen("\(fault)")] }
    do throws(PostfixValues.Fault) {
      guard let relaying = try PostfixRelaying(setup, settings, roots: roots),
        case .open(let path) = relaying.proof
      else { return [] }
      return [
        .warning(
          "main.cf may let strangers relay: " + path.map(\.description).joined(separator: "; "),
          mend: "put reject_unauth_destination into smtpd_relay_restrictions")
      ]
    } catch {
      return [unseen("\(error)")]
    }
  }

  /// What the host's smtpd servers see as their root.
  private var roots: Set<ServerRoot> {
    let directory = settings.mail.fromPostfix
    guard let master = MasterFile(at: "\(directory)/master.cf") else { return [.host] }
    let main = MainFile(at: "\(directory)/main.cf")
    let servers = master.servers(chrootedByDefault: main?.chrootsByDefault ?? true)
    return servers.isEmpty ? [.host] : Set(servers.map { $0.isChrooted ? .queueDirectory : .host })
  }

  private func unseen(_ reason: String) -> Finding {
    .warning("main.cf can't be looked at: \(reason)", mend: "postconf -n shows what is wrong with it")
  }
}
