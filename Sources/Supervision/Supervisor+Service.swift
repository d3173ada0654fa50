import Control
import EventLoop
import Glibc
import Settings
import SystemCalls

/// The services: started, told what to do, heard, replaced.
extension Supervisor {
  func start(_ service: ServiceProcess) {
    do {
      let pair = try UnixSocket.pair()
      let pid = try ChildProcess.spawn(
        path: programs.path(of: service.kind.program), arguments: [service.kind.program] + source.arguments,
        descriptor: pair.far)
      service.life = ChildLife(pid: pid, began: loop.now)
      try converse(with: service, over: pair.nearEnd())
      for socket in sockets where socket.service == service.kind {
        order(.listener(socket.kind), to: service, passing: socket.descriptor.number)
      }
      if service.kind == .auth { fillVacantPlaces() }
    } catch {
      surroundings.log(.cannotStart(program: service.kind.program, error))
      let wait = service.backoff.wait(afterLife: .zero, orderly: false)
      loop.schedule(after: wait) { [unowned self] in if service.life == nil { start(service) } }
    }
  }

  private func converse(with service: ServiceProcess, over socket: consuming Descriptor) throws(SystemError) {
    let link = MessageSocket(socket, longest: ServiceReport.longest)
    service.link = link
    try link.listen(on: loop) { [unowned self] message, descriptor in
      guard descriptor == nil else { return distrust(service) }
      do {
        hear(try ServiceReport(message.indices.map { message[$0] }), from: service)
      } catch {
        distrust(service)
      }
    } ended: { [unowned self] ending in
      if ending == .oversized { distrust(service) }
    }
  }

  /// What isn't in the protocol comes from a service that was taken over or replaced by another release.
  private func distrust(_ service: ServiceProcess) {
    if let life = service.life { kill(life.pid, SIGKILL) }
  }

  func order(_ order: SupervisorOrder, to service: ServiceProcess, passing descriptor: Int32? = nil) {
    do {
      try service.link?.send(order.encoded, passing: descriptor)
    } catch {
      // A service that doesn't read its orders is gone or hangs: it is replaced.
      distrust(service)
    }
  }

  private func hear(_ report: ServiceReport, from service: ServiceProcess) {
    switch report {
    case .ready: noteServing(service)
    case .kill(let slot, let incarnation):
      guard service.kind == .auth else { return distrust(service) }
      killWorker(slot, incarnation)
    case .reloaded: reloaded(service)
    case .reloadRefused: refuse(for: service)
    case .reloadAsked:
      reloading.countRequest(of: service.kind)
      reload()
    case .stopAsked: stop(because: "operator")
    }
  }

  private func noteServing(_ service: ServiceProcess) {
    surroundings.log(.serving(sockets: settings.sockets(of: service.kind)))
    let isNews = !services.allSatisfy(\.hasServed)
    service.hasServed = true
    if isNews, services.allSatisfy(\.hasServed) { surroundings.serving() }
  }

  func ended(_ service: ServiceProcess, _ status: ChildStatus) {
    guard let life = service.life else { return }
    service.life = nil
    reloading.forgetRequests(of: service.kind)
    service.link?.close()
    service.link = nil
    // Their sockets have lost the other end; one that hangs in a check wouldn't notice.
    if service.kind == .auth { killWorkers() }
    if isStopping { return services.contains { $0.life != nil } ? () : finish() }
    reloaded(service)
    surroundings.log(
      .childEnded(program: service.kind.program, slot: nil, pid: life.pid, ending: status.description))
    let wait = service.backoff.wait(afterLife: loop.now - life.began, orderly: false)
    loop.schedule(after: wait) { [unowned self] in if !isStopping { start(service) } }
  }
}

extension Settings {
  /// Where clients reach a service, for the log.
  fileprivate func sockets(of kind: ServiceKind) -> [String] {
    switch kind {
    case .auth: auth.listen
    case .policy: policy.flatMap { $0.addresses.map(\.description) }
    }
  }
}
