import Settings
import SystemCalls

/// Whether the users and groups that the settings name exist.
struct AccountCheck {
  let settings: Settings
  let host: Host

  var findings: [Finding] {
    // Without root everything runs as the caller, and sockets keep the caller's group.
    let allowed = settings.hasLogins ? settings.auth.allowUsers : []
    return allowed.compactMap(allowedUser) + (host.startsAsRoot ? users + groups : [])
  }

  private var users: [Finding] {
    let front = [("front", settings.run.front)]
    guard settings.hasLogins else { return front.compactMap { user(key: $0.0, name: $0.1) } }
    let users = front + [("local", settings.run.local)]
    let accounts = users.compactMap { host.accounts.user($0.1) }
    let shared = accounts.count == 2 && accounts[0].uid == accounts[1].uid
    return users.compactMap { user(key: $0.0, name: $0.1) } + (shared ? [oneUserForBoth] : [])
  }

  private func user(key: String, name: String) -> Finding? {
    guard let account = host.accounts.user(name) else {
      return .error(
        "[run] \(key): there is no user \(name)",
        mend: "systemd-sysusers, or: adduser --system --no-create-home \(name)")
    }
    guard account.uid == 0 else { return nil }
    return .error(
      "[run] \(key): \(name) has root's rights, which no part of postern may keep",
      mend: "name a user of its own")
  }

  private var oneUserForBoth: Finding {
    .warning(
      "[run] front and local are the same user: what meets the clients could reach what checks passwords",
      mend: "name two users")
  }

  private func allowedUser(_ name: String) -> Finding? {
    guard host.accounts.user(name) == nil else { return nil }
    return .error("[auth] allow_users: there is no user \(name)", mend: "remove the name, or add the user")
  }

  private var groups: [Finding] {
    let named =
      (settings.hasLogins ? [("auth", settings.auth.group)] : [])
      + [("control", settings.control.group), ("run", settings.run.frontGroup ?? "")]
    return named.compactMap { table, name in
      guard !name.isEmpty, host.accounts.group(name) == nil else { return nil }
      return .error(
        "[\(table)] group: there is no group \(name)", mend: "systemd-sysusers, or: addgroup --system \(name)"
      )
    }
  }
}
