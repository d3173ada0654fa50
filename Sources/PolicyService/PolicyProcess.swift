import Control
import EventLoop
import Glibc
import Logging
import Logs
import ServiceRuntime
import Settings
import SystemCalls

/// postern-policy at work: orders from posternd on the one side, Postfix's requests on the other.
final class PolicyProcess {
  private let source: SettingsSource
  /// Read again, and not in force before posternd says so.
  private var proposed: Settings?
  private let loop: EventLoop
  private let log: PolicyLog
  private let supervisor: SupervisorLink
  private let service: PolicyService
  private let desk: OperatorDesk
  /// Listeners that are still to come.
  private var awaited: Int

  /// Prepares the service; sockets come from posternd.
  ///
  /// - Throws: what keeps the store's thread from starting.
  init(
    source: SettingsSource, settings: Settings, loop: EventLoop, logger: Logger,
    control: consuming Descriptor
  ) throws(SystemError) {
    self.source = source
    self.loop = loop
    let log = PolicyLog(logger: logger)
    self.log = log
    let owner = OperatorDesk.owner(of: control)
    let supervisor = SupervisorLink(descriptor: control)
    self.supervisor = supervisor
    let service = try PolicyService(settings: settings, loop: loop, log: log)
    self.service = service
    let started = loop.now
    desk = OperatorDesk(
      loop: loop, owner: owner,
      services: OperatorDesk.Services(
        status: { reply in service.status(since: started) { reply($0.text) } },
        reload: { supervisor.report(.reloadAsked) },
        stop: { supervisor.report(.stopAsked) }))
    awaited = settings.policy.map(\.addresses.count).reduce(0, +)
  }

  /// Serves until posternd says stop, or is gone.
  func run() throws(SystemError) {
    try supervisor.listen(on: loop) { [unowned self] order, descriptor in
      carryOut(order, descriptor)
    } over: { [loop] in
      loop.stop()
    }
    try loop.run()
  }

  private func carryOut(_ order: SupervisorOrder, _ descriptor: consuming Descriptor?) {
    do throws(SystemError) {
      switch order {
      case .listener(.policy(let place)):
        try service.listen(on: try passed(descriptor), place: Int(place))
        reportReady()
      case .listener(.operators): try desk.listen(on: try passed(descriptor))
      case .reload: reload()
      case .adopt: adopt()
      case .reloadEnded(let inForce, let asked): desk.reloadEnded(inForce: inForce, asked: asked)
      case .stop:
        desk.close()
        service.stop()
        loop.stop()
      case .listener(.logins), .worker, .retire:
        throw SystemError("an order for another service", code: EPROTO)
      }
    } catch {
      // Without a listener there is nothing to serve: posternd begins anew.
      log.write(.orderFailed(error))
      loop.stop()
    }
  }

  private func passed(_ descriptor: consuming Descriptor?) throws(SystemError) -> Descriptor {
    guard let descriptor else { throw SystemError("an order without its descriptor", code: EPROTO) }
    return descriptor
  }

  /// Ready is who has all its listeners; a host's name may stand for several.
  private func reportReady() {
    guard awaited > 0 else { return }
    awaited -= 1
    if awaited == 0 { supervisor.report(.ready) }
  }

  private func reload() {
    do {
      proposed = try Settings.load(source)
      supervisor.report(.reloaded)
    } catch {
      log.write(.reloadFailed("\(error)"))
      supervisor.report(.reloadRefused)
    }
  }

  private func adopt() {
    guard let new = proposed.take() else { return }
    service.adopt(new)
  }
}
