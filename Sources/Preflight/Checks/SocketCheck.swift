import Settings
import SystemCalls

/// Whether the sockets can be made, and whether Postfix can reach them.
struct SocketCheck {
  /// Postfix's mail_owner, whom its daemons run as.
  private static let postfix = "postfix"

  let settings: Settings
  let host: Host

  var findings: [Finding] {
    let postfix = host.accounts.user(Self.postfix)
    let control = unmakeable(settings.control.authSocket, key: "[control] directory")
    return settings.auth.listen.compactMap { path in
      unmakeable(path, key: "[auth] listen") ?? postfix.flatMap { unreachable(path, for: $0) }
    } + (control.map { [$0] } ?? [])
  }

  /// The start makes a missing directory, but not those that it stands in.
  private func unmakeable(_ path: String, key: String) -> Finding? {
    let directories = SocketPath(path).directories
    guard let parent = directories.dropLast().last, DirectoryStatus(of: parent) == nil else { return nil }
    return .error("\(key): there is no directory \(parent) for \(path)", mend: "mkdir -p \(parent)")
  }

  private func unreachable(_ path: String, for user: Account) -> Finding? {
    let groups = host.accounts.groups(user)
    let closed = SocketPath(path).directories
      .compactMap { DirectoryStatus(of: $0) }
      .first { !$0.lets(uid: user.uid, groups: groups) }
    if let closed {
      let mend =
        closed.mode & 0o010 != 0
        ? "adduser \(user.name) \(name(of: closed.group)), then postfix reload" : "chmod o+x \(closed.path)"
      return .warning(
        "Postfix can't reach \(path): \(closed.path) keeps the user \(user.name) out", mend: mend)
    }
    return isWritable(for: groups)
      ? nil
      : .warning(
        "Postfix can't connect to \(path): it is for the group \(settings.auth.group)",
        mend: "adduser \(user.name) \(settings.auth.group), then postfix reload")
  }

  /// Whether the socket, as it will be made, lets a member of `groups` connect.
  private func isWritable(for groups: [UInt32]) -> Bool {
    guard settings.auth.mode & 0o002 == 0 else { return true }
    // Whose it will be isn't known: without root it is the caller's, else AccountCheck says what is wrong.
    guard host.startsAsRoot, let group = host.accounts.group(settings.auth.group) else { return true }
    return settings.auth.mode & 0o020 != 0 && groups.contains(group)
  }

  /// A group with that id by the name that the administrator knows.
  private func name(of group: UInt32) -> String {
    host.accounts.group(settings.auth.group) == group ? settings.auth.group : String(group)
  }
}
