import Control
import EventLoop
import Glibc
import Logging
import Logs
import PolicySetup
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
  /// An old command line: there is no file that could say something else.
  private let readsNothing: Bool
  /// Listeners that are still to come.
  private var awaited: Int

  /// Prepares the service; sockets come from posternd.
  ///
  /// - Throws: what keeps the store's thread from starting, or names from being looked up.
  init(
    source: SettingsSource, settings: Settings, setup: PolicySetup, loop: EventLoop, log: PolicyLog,
    control: consuming Descriptor
  ) throws {
    self.source = source
    self.loop = loop
    self.log = log
    let owner = OperatorDesk.owner(of: control)
    let supervisor = SupervisorLink(descriptor: control)
    self.supervisor = supervisor
    let service = try PolicyService(settings: settings, setup: setup, loop: loop, log: log)
    self.service = service
    let started = loop.now
    desk = OperatorDesk(
      loop: loop, owner: owner,
      services: OperatorDesk.Services(
        status: { reply in service.status(since: started) { reply($0.text) } },
        greylist: { request, reply in service.greylister.answer(request, reply) },
        decisions: { request, reply in
          switch request {
          case .explain(let dialogue): service.judge.explain(dialogue, reply)
          case .history(let filter): reply(service.judge.answer(filter))
          }
        },
        reload: { supervisor.report(.reloadAsked) },
        stop: { supervisor.report(.stopAsked) }))
    readsNothing = settings.log.wording == .postgrey
    awaited = settings.policy.map(\.addresses.count).reduce(0, +)
    service.renew = { [unowned self] in renew() }
  }

  /// Serves until posternd says stop, or is gone.
  func run() throws(SystemError) {
    try supervisor.run(loop) { [unowned self] order, descriptor in carryOut(order, descriptor) }
  }

  private func carryOut(_ order: SupervisorOrder, _ descriptor: consuming Descriptor?) {
    do throws(SystemError) {
      switch order {
      case .listener(.policy(let mark)):
        try service.listen(on: try SupervisorLink.passed(descriptor), mark: mark)
        reportReady()
      case .listener(.operators): try desk.listen(on: try SupervisorLink.passed(descriptor))
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
    if readsNothing { service.adopt(new) } else { renew() }
  }

  /// Ends, to be started again at once.
  ///
  /// Postfix's own values and its indexed tables are read by programs, which a process that serves can't start any
  /// more. The listeners stay open meanwhile.
  private func renew() {
    log.write(.renewing)
    service.stop()
    loop.stop()
  }
}
