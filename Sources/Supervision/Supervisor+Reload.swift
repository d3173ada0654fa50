import CLinux
import Glibc
import Settings
import SystemCalls

extension Supervisor {
  /// SIGHUP: has the new settings checked by a process without rights, and puts them in force.
  func reload() {
    guard checker == nil else { return }
    surroundings.log(.reloading)
    surroundings.notification.reloading()
    guard case .file(let path) = source else { return orderReload() }
    let user = Account(named: settings.run.front)
    let pid = withCStrings(["postern", "check", "--quiet", "-c", path]) { arguments in
      clinux_spawn_as(
        user?.uid ?? geteuid(), user?.gid ?? getegid(), programs.path(of: "postern"), arguments)
    }
    if pid > 0 {
      checker = pid
    } else {
      refuse(["postern check: \(SystemError("fork").reason)"])
    }
  }

  /// The check has ended.
  func checked(_ status: ChildStatus) {
    checker = nil
    do {
      let new = try Settings.load(source)
      guard status.isOrderly else { return refuse(["postern check finds faults (\(status))"]) }
      adopt(new)
    } catch {
      refuse(error.errors.map(\.description))
    }
  }

  private func refuse(_ reasons: [String]) {
    surroundings.notification.ready()
    surroundings.log(.reloadRefused(reasons: reasons))
  }

  private func adopt(_ new: Settings) {
    let fixed = settings.fixedKeys(changedIn: new)
    if !fixed.isEmpty { surroundings.log(.needsRestart(keys: fixed)) }
    settings.auth.workers = new.auth.workers
    settings.auth.mechanisms = new.auth.mechanisms
    settings.auth.pamDirectory = new.auth.pamDirectory
    settings.auth.deadline = new.auth.deadline
    orderReload()
    resize(to: new.auth.workers)
  }
}

extension Settings {
  /// The keys that a running daemon can't change, among those that differ.
  func fixedKeys(changedIn new: Settings) -> [String] {
    [
      ("auth.listen", auth.listen != new.auth.listen),
      ("auth.mode", auth.mode != new.auth.mode),
      ("auth.group", auth.group != new.auth.group),
      ("control", control != new.control),
      ("run", run != new.run),
      ("log", log != new.log),
    ].filter(\.1).map(\.0)
  }
}
