import CLinux
import Control
import Glibc
import Settings
import SystemCalls

extension Supervisor {
  /// SIGHUP: has the new settings checked by a process without rights, and puts them in force.
  func reload() {
    guard !isStopping, reloading.mayBegin() else { return }
    surroundings.log(.reloading)
    surroundings.notification.reloading()
    guard case .file(let path) = source else { return propose(.commandLine) }
    do {
      let complaints = try Complaints()
      reloading.proceed(to: .checking(pid: try spawnCheck(of: path, complaints)))
      self.complaints = consume complaints
    } catch {
      refuse(["postern check: \(error.reason)"])
    }
  }

  private func spawnCheck(of path: String, _ complaints: borrowing Complaints) throws(SystemError) -> Int32 {
    let user = Account(named: settings.run.front)
    let errors = complaints.file.number
    return try retrying("fork") {
      withCStrings(["postern", "check", "--quiet", "-c", path]) { arguments in
        clinux_spawn_as(
          user?.uid ?? geteuid(), user?.gid ?? getegid(), programs.path(of: "postern"), arguments, errors)
      }
    }
  }

  /// The check has ended.
  func checked(_ status: ChildStatus) {
    let complaints = CheckComplaints(complaints.take()?.lines(limit: Self.mostComplaints) ?? [])
    for warning in complaints.warnings { surroundings.log(.warning(warning)) }
    do {
      let new = try Settings.load(source)
      guard status.isOrderly else {
        return refuse(
          complaints.errors.isEmpty ? ["postern check finds faults (\(status))"] : complaints.errors)
      }
      guard settings.policy.map(\.mark) == new.policy.map(\.mark) else {
        return refuse(["other policy listeners than before: that needs a restart"])
      }
      let fixed = settings.fixedKeys(changedIn: new)
      if !fixed.isEmpty { surroundings.log(.needsRestart(keys: fixed)) }
      propose(.settings(new))
    } catch {
      refuse(error.errors.map(\.description))
    }
  }

  private func propose(_ proposal: Reload.Proposal) {
    let readers = services.filter { $0.life != nil }
    reloading.proceed(to: .proposed(proposal, to: Set(readers.map(\.kind))))
    guard !readers.isEmpty else { return putInForce(proposal) }
    for service in readers { order(.reload, to: service) }
  }

  /// A service has read the new settings; or it is gone, and the next one reads them at its start.
  func reloaded(_ service: ServiceProcess) {
    if let proposal = reloading.take(from: service.kind) { putInForce(proposal) }
  }

  /// Every service has read the new settings.
  ///
  /// postern-auth hears in one go whom to give nothing more and that the settings are in force: no login meets a
  /// worker that was started with others.
  private func putInForce(_ proposal: Reload.Proposal) {
    let retired = adopt(proposal)
    if let auth = service(.auth) {
      for worker in retired { order(.retire(slot: worker.slot, incarnation: worker.incarnation), to: auth) }
    }
    for service in services { order(.adopt, to: service) }
    fillVacantPlaces()
    surroundings.log(.reloaded)
    endReload(inForce: true)
  }

  /// A service could not read what `postern check` was content with.
  func refuse(for service: ServiceProcess) {
    guard case .proposed = reloading.stage else { return }
    refuse(["\(service.kind.program) could not take it"])
  }

  /// The new settings are not taken: everything keeps the old ones.
  private func refuse(_ reasons: [String]) {
    surroundings.log(.reloadRefused(reasons: reasons))
    endReload(inForce: false)
  }

  private func adopt(_ proposal: Reload.Proposal) -> [WorkerPlaces.Retirement] {
    guard case .settings(let new) = proposal else { return [] }
    settings.adopt(new)
    let retired = places.adopt(settings)
    killBudget.resize(forWorkers: places.openCount)
    return retired
  }

  private func endReload(inForce: Bool) {
    surroundings.notification.ready()
    for service in services {
      order(.reloadEnded(inForce: inForce, asked: reloading.answers(to: service.kind)), to: service)
    }
    if reloading.end() { reload() }
  }
}

extension Settings {
  /// Takes over what a running daemon can change: all but the fixed keys.
  mutating func adopt(_ new: Settings) {
    let old = auth
    auth = new.auth
    auth.listen = old.listen
    auth.mode = old.mode
    auth.group = old.group
    policy = new.policy
    lists = new.lists
    parameters = new.parameters
    mail = new.mail
    greylist = new.greylist
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
      ("store", store != new.store),
    ].filter(\.1).map(\.0)
  }
}
