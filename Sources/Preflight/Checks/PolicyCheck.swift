import Policy
import PolicySetup
import Settings

/// Whether the restriction lists can be read, and let no stranger relay.
struct PolicyCheck {
  let settings: Settings
  let source: SettingsSource

  var findings: [Finding] {
    // postgrey's command line has no list of its own.
    guard !settings.policy.isEmpty, settings.log.wording != .postgrey else { return [] }
    let setup = PolicySetup(settings, source: source)
    guard setup.faults.isEmpty else {
      return setup.faults.map { .error($0.description, mend: "correct it, and try postern check again") }
    }
    return setup.troubles.map(missingTable) + settings.policy.flatMap { relay($0, setup) }
  }

  private func missingTable(_ trouble: TableReader.Trouble) -> Finding {
    let user = settings.run.front
    return .warning(
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
}
