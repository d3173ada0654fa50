import Control
import EventLoop
import Glibc
import Settings
import SystemCalls

/// posternd at work: starts postern-auth and the workers, replaces those that end, and ends them all.
///
/// It never reads a byte that a client sent. The listening sockets stay open here, so that a new postern-auth
/// can have them; clients wait in their backlogs meanwhile.
final class Supervisor {
  /// The world around the supervisor.
  struct Surroundings {
    var log: (SupervisorNotice) -> Void
    /// Everything serves for the first time.
    var serving: () -> Void
    var notification: ServiceNotification
  }

  /// A listening socket and whom it is for.
  final class HeldSocket {
    let kind: SupervisorOrder.ListenerKind
    let descriptor: Descriptor

    init(kind: SupervisorOrder.ListenerKind, descriptor: consuming Descriptor) {
      self.kind = kind
      self.descriptor = descriptor
    }
  }

  /// From the order to stop to the kill.
  static let stopPatience = Duration.seconds(6)

  let loop: EventLoop
  let surroundings: Surroundings
  let source: SettingsSource
  let programs = Programs()
  var settings: Settings
  var places: [WorkerPlace]
  private let sockets: [HeldSocket]
  private var service: ChildLife?
  private var link: MessageSocket?
  private var backoff = Backoff()
  private var killBudget: KillBudget
  private var hasServed = false
  private var isStopping = false
  var reloading = Reload()

  /// Prepares the supervisor.
  ///
  /// - Parameters:
  ///   - settings: as loaded from `source`.
  ///   - source: handed on to every program, which reads it itself.
  ///   - sockets: bound and listening.
  ///   - loop: runs all handlers.
  ///   - surroundings: the world around it.
  init(
    settings: Settings, source: SettingsSource, sockets: [HeldSocket], loop: EventLoop,
    surroundings: Surroundings
  ) {
    self.settings = settings
    self.source = source
    self.sockets = sockets
    self.loop = loop
    self.surroundings = surroundings
    places = Array(repeating: WorkerPlace(), count: settings.auth.workers)
    killBudget = KillBudget(most: max(20, settings.auth.workers * 4))
  }

  /// Starts everything.
  func start() throws(SystemError) {
    try loop.watchSignals([SIGTERM, SIGINT, SIGHUP, SIGCHLD]) { [unowned self] signal in
      switch signal {
      case SIGCHLD: reap()
      case SIGHUP: reload()
      default: stop(because: signal == SIGINT ? "SIGINT" : "SIGTERM")
      }
    }
    startService()
  }

  /// Lets what is under way be answered, and ends everything.
  func stop(because signal: String) {
    guard !isStopping else { return }
    isStopping = true
    surroundings.log(.stopping(signal: signal))
    surroundings.notification.stopping()
    order(.stop)
    guard service != nil else { return finish() }
    loop.schedule(after: Self.stopPatience) { [unowned self] in finish() }
  }

  /// Ends what is left.
  private func finish() {
    if let service { kill(service.pid, SIGKILL) }
    for place in places { if let process = place.process { kill(-process.pid, SIGKILL) } }
    surroundings.log(.stopped)
    loop.stop()
  }
}

// MARK: postern-auth

extension Supervisor {
  private func startService() {
    do {
      let pair = try UnixSocket.pair()
      let pid = try ChildProcess.spawn(
        path: programs.path(of: "postern-auth"), arguments: ["postern-auth"] + source.arguments,
        descriptor: pair.far)
      service = ChildLife(pid: pid, began: loop.now)
      try converse(over: pair.nearEnd())
      for socket in sockets { order(.listener(socket.kind), passing: socket.descriptor.number) }
      for slot in places.indices { fill(slot) }
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
    case .reloadRefused: refuse(["postern-auth could not take it"])
    }
  }

  private func serviceEnded(_ status: ChildStatus) {
    guard let life = service else { return }
    service = nil
    link?.close()
    link = nil
    // Their sockets have lost the other end; one that hangs in a check wouldn't notice.
    for place in places { if let process = place.process { kill(-process.pid, SIGKILL) } }
    if isStopping { return finish() }
    finishReloadWithoutService()
    surroundings.log(
      .childEnded(program: "postern-auth", slot: nil, pid: life.pid, ending: status.description))
    let wait = backoff.wait(afterLife: loop.now - life.began, orderly: false)
    loop.schedule(after: wait) { [unowned self] in if !isStopping { startService() } }
  }
}

// MARK: Workers

extension Supervisor {
  /// Starts a worker for the place, and gives postern-auth the other end of its socket.
  private func fill(_ slot: Int) {
    guard !isStopping, link != nil, places[slot].process == nil, !places[slot].isClosed else { return }
    do {
      let pair = try UnixSocket.pair()
      let pid = try ChildProcess.spawn(
        path: programs.path(of: "postern-worker"),
        arguments: ["postern-worker"] + WorkerSettings(settings).arguments,
        descriptor: pair.far)
      places[slot].process = ChildLife(pid: pid, began: loop.now)
      places[slot].incarnation &+= 1
      order(
        .worker(slot: slot, incarnation: places[slot].incarnation), passing: pair.near.number)
    } catch {
      surroundings.log(.cannotStart(program: "postern-worker", error))
      refill(slot, afterLife: .zero, orderly: false)
    }
  }

  private func refill(_ slot: Int, afterLife life: Duration, orderly: Bool) {
    let wait = places[slot].backoff.wait(afterLife: life, orderly: orderly)
    if wait == .zero { return fill(slot) }
    loop.schedule(after: wait) { [unowned self] in if slot < places.count { fill(slot) } }
  }

  private func killWorker(_ slot: Int, _ incarnation: UInt32) {
    guard slot < places.count, places[slot].incarnation == incarnation, let process = places[slot].process
    else { return }
    guard killBudget.spend(now: loop.now) else { return surroundings.log(.killRefused(slot: slot)) }
    surroundings.log(.workerKilled(slot: slot, pid: process.pid))
    kill(-process.pid, SIGKILL)
  }

  private func workerEnded(_ slot: Int, _ status: ChildStatus) {
    guard let life = places[slot].process else { return }
    places[slot].process = nil
    // What a module has forked would go on holding the worker's socket.
    kill(-life.pid, SIGKILL)
    guard !isStopping, service != nil else { return }
    if !status.isOrderly {
      surroundings.log(
        .childEnded(program: "postern-worker", slot: slot, pid: life.pid, ending: status.description))
    }
    refill(slot, afterLife: loop.now - life.began, orderly: status.isOrderly)
  }

  /// Makes the pool larger or smaller; places beyond the new size stay empty when their workers end.
  func resize(to count: Int) {
    for slot in places.indices { places[slot].isClosed = slot >= count }
    while places.count < count { places.append(WorkerPlace()) }
    for slot in places.indices { fill(slot) }
  }
}

// MARK: Children that ended

extension Supervisor {
  private func reap() {
    while let (pid, status) = ChildStatus.next() {
      if pid == service?.pid {
        serviceEnded(status)
      } else if reloading.stage == .checking(pid: pid) {
        checked(status)
      } else if let slot = places.firstIndex(where: { $0.process?.pid == pid }) {
        workerEnded(slot, status)
      }
    }
  }
}
