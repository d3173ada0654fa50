import Authentication
import Control
import Credentials
import EventLoop
import Glibc
import Logging
import Logs
import ServiceRuntime
import Settings
import SystemCalls

/// postern-auth at work: orders from posternd on the one side, logins and questions on the other.
final class AuthProcess {
  /// Logins that may wait for a worker.
  static let queueLimit = 1000
  static let mostConnections = 8192
  /// For workers' sockets, the log, the operator and the loop itself.
  static let reservedDescriptors = AuthSettings.mostWorkers + 40

  private let source: SettingsSource
  /// Read again, and not in force before posternd says so.
  private var proposed: Proposal?
  private let loop: EventLoop
  private let logger: Logger
  private let supervisor: SupervisorLink
  private let logins: LoginService
  private let desk: OperatorDesk
  private var isReady = false

  /// Prepares the service; sockets and workers come from posternd.
  init(
    source: SettingsSource, settings: Settings, connectionLimit: Int, loop: EventLoop,
    memory: LockedMemory, logger: Logger, control: consuming Descriptor
  ) throws(AllowedPeers.UnknownUser) {
    self.source = source
    self.loop = loop
    self.logger = logger
    let owner = OperatorDesk.owner(of: control)
    let supervisor = SupervisorLink(descriptor: control)
    self.supervisor = supervisor
    let log = LoginLog(logger: logger, wording: settings.log.wording)
    let history = LoginHistory()
    let logins = LoginService(
      rules: settings.auth.rules, places: settings.auth.places,
      allowedPeers: try AllowedPeers(names: settings.auth.allowUsers),
      connectionLimit: connectionLimit, loop: loop, memory: memory,
      surroundings: LoginService.Surroundings(
        kill: { supervisor.report(.kill(slot: $0.slot, incarnation: $0.incarnation)) },
        log: { notice in
          if case .outcome(let outcome) = notice { history.note(outcome) }
          log.write(notice)
        }, drained: { loop.stop() }))
    self.logins = logins
    logins.watchSources(for: settings.auth.rules, pamDirectory: settings.auth.pamDirectory)
    let started = loop.now
    desk = OperatorDesk(
      loop: loop, owner: owner,
      services: OperatorDesk.Services(
        status: { reply in reply(logins.status(since: started).text) },
        flushCache: { logins.flushCache(login: $0) },
        decisions: { request, reply in
          guard case .history(let filter) = request else { return reply("error=logins have no lists") }
          reply(history.answer(filter))
        },
        reload: { supervisor.report(.reloadAsked) }, stop: { supervisor.report(.stopAsked) }))
  }

  /// Serves until posternd says stop, or is gone.
  func run() throws(SystemError) {
    try supervisor.run(loop) { [unowned self] order, descriptor in carryOut(order, descriptor) }
  }

  private func carryOut(_ order: SupervisorOrder, _ descriptor: consuming Descriptor?) {
    do throws(SystemError) {
      switch order {
      case .listener(.logins): try logins.add(try SupervisorLink.passed(descriptor))
      case .listener(.operators): try desk.listen(on: try SupervisorLink.passed(descriptor))
      case .worker(let slot, let incarnation, let rights):
        try logins.add(
          WorkerID(slot: slot, incarnation: incarnation), rights: WorkerRights(rawValue: rights),
          try SupervisorLink.passed(descriptor))
        reportReady()
      case .reload: reload()
      case .retire(let slot, let incarnation):
        logins.retire(WorkerID(slot: slot, incarnation: incarnation))
      case .adopt: adopt()
      case .reloadEnded(let inForce, let asked): desk.reloadEnded(inForce: inForce, asked: asked)
      case .listener(.policy): throw SystemError("an order for another service", code: EPROTO)
      case .stop:
        desk.close()
        logins.stop()
      }
    } catch {
      // Without a listener or a worker's socket there is nothing to serve with: posternd begins anew.
      var line = LogLine("an order can't be carried out")
      line.add(.error, error.description)
      logger.log(.error, line)
      loop.stop()
    }
  }

  /// The listeners come before the first worker.
  private func reportReady() {
    guard !isReady else { return }
    isReady = true
    supervisor.report(.ready)
  }

  private func adopt() {
    guard let new = proposed else { return }
    proposed = nil
    let rules = new.auth.rules
    // What changes from here on is seen: the new rules begin with nothing remembered.
    logins.watchSources(for: rules, pamDirectory: new.auth.pamDirectory)
    logins.adopt(rules, places: new.auth.places, new.peers)
  }

  private func reload() {
    do {
      let auth = try Settings.load(source).auth
      proposed = Proposal(auth: auth, peers: try AllowedPeers(names: auth.allowUsers))
      supervisor.report(.reloaded)
    } catch {
      var line = LogLine("the new configuration can't be taken")
      line.add(.error, "\(error)")
      logger.log(.error, line)
      supervisor.report(.reloadRefused)
    }
  }
}

/// Settings that can be taken.
private struct Proposal {
  let auth: AuthSettings
  let peers: AllowedPeers
}

extension AuthSettings {
  /// The part that the authenticator goes by.
  var rules: AuthenticationRules {
    let services = services.map { service in
      let own = serviceSettings[service]
      return (
        service, AuthenticationRules.ServiceRules(mechanisms: own?.mechanisms, rights: own?.rights ?? [])
      )
    }
    return AuthenticationRules(
      mechanisms: mechanisms, services: Dictionary(services) { first, _ in first }, realms: realmMechanisms,
      appendRealm: appendRealm, deadline: deadline, queueLimit: AuthProcess.queueLimit,
      checksPerWorker: checksPerWorker, cacheLifetime: cache.lifetime, cacheEntries: cache.entries)
  }

  /// How many workers there shall be, all crews together.
  var places: Int { crews.count * workers }
}
