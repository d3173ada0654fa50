import Glibc
import Policy
import PolicySetup
import Settings
import SystemCalls

/// Whether the policy service can read its tables: root, who starts it, reads what its user can't.
struct TableCheck {
  let settings: Settings
  let host: Host

  /// A warning for each table that is there and closed to the service, in the order of their names.
  func findings(for tables: some Sequence<TableName>) -> [Finding] {
    guard host.startsAsRoot, let account = host.accounts.user(settings.run.front) else { return [] }
    let group = settings.run.frontGroup.flatMap { host.accounts.group($0) } ?? account.gid
    return Set(tables.compactMap(\.readFile)).sorted().compactMap { path in
      obstacle(on: path, uid: account.uid, groups: [group]).map {
        PolicyCheck.missingTable($0, user: account.name)
      }
    }
  }

  /// The file itself, or a directory that leads to it.
  private func obstacle(on path: String, uid: UInt32, groups: [UInt32]) -> TableReader.Trouble? {
    guard let file = FileStatus(of: path) else { return nil }
    let closed = SocketPath(path).directories.compactMap { DirectoryStatus(of: $0) }
      .first { !$0.lets(uid: uid, groups: groups) }
    if let closed { return .unreachable(path: path, directory: closed.path) }
    guard !file.letsRead(uid: uid, groups: groups) else { return nil }
    return .unreadable(path: path, reason: SystemError("open", code: EACCES).reason, isForbidden: true)
  }
}
