import Control
import EventLoop
import Glibc
import Settings
import SystemCalls

/// postern-auth: started, told what to do, heard, replaced.
extension Supervisor {
  func startService() {
    do {
      let pair = try UnixSocket.pair()
      let pid = try ChildProcess.spawn(
        path: programs.path(of: "postern-auth"), arguments: ["postern-auth"] + source.arguments,
        descriptor: pair.far)
      service = ChildLife(pid: pid, began: loop.now)
      try converse(over: pair.nearEnd())
      for socket in sockets { order(.listener(socket.kind), passing: socket.descriptor.number) }
      fillVacantPlaces()
    } catch {
      surroundings.log(.cannotStart(program: "postern-auth", error))
      let wait = backoff.wait(afterLife: .zero, orderly: false)
      loop.schedule(after: wait) { [unowned self] in if service == nil { startService() } }
    }
  }

  private func converse(over socket: consuming Descriptor) throws(SystemError) {
    let link = MessageSocket(socket, longest: ServiceReport.longest)
    self.link = link
    try link.listen(on: loop) { [unowned self] message, descriptor in
      guard descriptor == nil else { return distrustService() }
      do {
        hear(try ServiceReport(message.indices.map { message[$0] }))
      } catch {
        distrustService()
      }
    } ended: { [unowned self] ending in
      if ending == .oversized { distrustService() }
    }
  }

  /// What isn't in the protocol comes from a service that was taken over or replaced by another release.
  private func distrustService() {
    if let service { kill(service.pid, SIGKILL) }
  }

  func order(_ order: SupervisorOrder, passing descriptor: Int32? = nil) {
    do {
      try link?.send(order.encoded, passing: descriptor)
    } catch {
      // A service that doesn't read its orders is gone or hangs: it is replaced.
      distrustService()
    }
  }

  private func hear(_ report: ServiceReport) {
    switch report {
    case .ready:
      surroundings.log(.serving(paths: settings.auth.listen))
      if !hasServed { surroundings.serving() }
      hasServed = true
    case .kill(let slot, let incarnation): killWorker(slot, incarnation)
    case .reloaded: putInForce()
    case .reloadRefused: refuseForService()
    case .reloadAsked:
      reloading.countRequest()
      reload()
    case .stopAsked: stop(because: "operator")
    }
  }

  func serviceEnded(_ status: ChildStatus) {
    guard let life = service else { return }
    service = nil
    reloading.forgetRequests()
    link?.close()
    link = nil
    // Their sockets have lost the other end; one that hangs in a check wouldn't notice.
    killWorkers()
    if isStopping { return finish() }
    finishReloadWithoutService()
    surroundings.log(
      .childEnded(program: "postern-auth", slot: nil, pid: life.pid, ending: status.description))
    let wait = backoff.wait(afterLife: loop.now - life.began, orderly: false)
    loop.schedule(after: wait) { [unowned self] in if !isStopping { startService() } }
  }
}
