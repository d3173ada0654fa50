import Glibc
import Policy
import Settings
import SystemCalls

/// Whether the policy service can keep its triplets, and take those of postgrey.
struct GreylistCheck {
  /// Berkeley DB's program that postgrey's database is read by, under both of Debian's names.
  private static let dumpPrograms = ["/usr/bin/db_dump", "/usr/bin/db5.3_dump", "/usr/local/bin/db_dump"]

  let settings: Settings
  let host: Host

  var findings: [Finding] {
    guard !settings.policy.isEmpty else { return [] }
    return [directory, formerDatabase, action].compactMap(\.self)
  }

  private var directory: Finding? {
    let path = parentDirectory(of: settings.store.path)
    let user = settings.run.front
    guard let status = DirectoryStatus(of: path) else {
      return .error(
        "there is no directory \(path) for the greylist",
        mend: "install -d -o \(user) -m 700 \(path)")
    }
    guard host.startsAsRoot, let account = host.accounts.user(user) else { return nil }
    let groups = [account.gid] + host.accounts.groups(account)
    guard !status.letsWrite(uid: account.uid, groups: groups) else { return nil }
    return .error("\(user) can't write in \(path), where the greylist is kept", mend: "chown \(user) \(path)")
  }

  private var formerDatabase: Finding? {
    guard let former = settings.store.formerPostgrey, access(settings.store.path, F_OK) != 0,
      access("\(former)/postgrey.db", F_OK) == 0,
      !Self.dumpPrograms.contains(where: { access($0, X_OK) == 0 })
    else { return nil }
    return .error(
      "postgrey's database in \(former) can't be taken over without Berkeley DB's db_dump",
      mend: "apt-get install db-util; or move postgrey.db away, to begin with an empty one")
  }

  private var action: Finding? {
    let name = settings.greylist.action
    guard GreylistAction(name.utf8) == nil else { return nil }
    return .error(
      "the greylist's action is none that Postfix knows: \(name)",
      mend: "name one, such as DEFER_IF_PERMIT, DEFER, REJECT, or a code such as 450")
  }
}
