import CLinux
import Control
import Glibc
import Settings
import SystemCalls

extension Supervisor {
  /// SIGHUP: has the new settings checked by a process without rights, and puts them in force.
  func reload() {
    guard reloading.mayBegin() else { return }
    surroundings.log(.reloading)
    surroundings.notification.reloading()
    guard case .file(let path) = source else { return propose(nil) }
    let user = Account(named: settings.run.front)
    let pid = withCStrings(["postern", "check", "--quiet", "-c", path]) { arguments in
      clinux_spawn_as(
        user?.uid ?? geteuid(), user?.gid ?? getegid(), programs.path(of: "postern"), arguments)
    }
    if pid > 0 {
      reloading.proceed(to: .checking(pid: pid))
    } else {
      refuse(["postern check: \(SystemError("fork").reason)"])
    }
  }

  /// The check has ended.
  func checked(_ status: ChildStatus) {
    do {
      let new = try Settings.load(source)
      guard status.isOrderly else { return refuse(["postern check finds faults (\(status))"]) }
      let fixed = settings.fixedKeys(changedIn: new)
      if !fixed.isEmpty { surroundings.log(.needsRestart(keys: fixed)) }
      propose(new)
    } catch {
      refuse(error.errors.map(\.description))
    }
  }

  private func propose(_ new: Settings?) {
    reloading.proceed(to: .proposed(new))
    order(.reload)
  }

  /// postern-auth has read the new settings, too: workers have them from here on, and it is told so.
  func putInForce() {
    guard case .proposed(let new) = reloading.stage else { return }
    if let new { settings.adopt(new) }
    order(.adopt)
    resize(to: settings.auth.workers)
    surroundings.log(.reloaded)
    endReload()
  }

  /// The new settings are not taken: everything keeps the old ones.
  func refuse(_ reasons: [String]) {
    surroundings.log(.reloadRefused(reasons: reasons))
    endReload()
  }

  /// postern-auth has ended with the settings half handed over: the next one reads them at its start.
  func finishReloadWithoutService() {
    guard case .proposed(let new) = reloading.stage else { return }
    if let new { settings.adopt(new) }
    endReload()
  }

  private func endReload() {
    surroundings.notification.ready()
    if reloading.end() { reload() }
  }
}

extension Settings {
  /// Takes over what a running daemon can change and workers are told.
  fileprivate mutating func adopt(_ new: Settings) {
    auth.workers = new.auth.workers
    auth.mechanisms = new.auth.mechanisms
    auth.pamDirectory = new.auth.pamDirectory
    auth.deadline = new.auth.deadline
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
