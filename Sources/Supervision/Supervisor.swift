import Control
import EventLoop
import Glibc
import Settings
import SystemCalls

/// posternd at work: starts the services and the workers, replaces those that end, and ends them all.
///
/// It never reads a byte that a client sent. The listening sockets stay open here, so that a new service can have
/// them; clients wait in their backlogs meanwhile.
final class Supervisor {
  /// The world around the supervisor.
  struct Surroundings {
    var log: (SupervisorNotice) -> Void
    /// Everything serves for the first time.
    var serving: () -> Void
    var notification: ServiceNotification
  }

  /// A listening socket, and which service it is for.
  final class HeldSocket {
    let service: ServiceKind
    let kind: SupervisorOrder.ListenerKind
    let descriptor: Descriptor

    init(for service: ServiceKind, _ kind: SupervisorOrder.ListenerKind, descriptor: consuming Descriptor) {
      self.service = service
      self.kind = kind
      self.descriptor = descriptor
    }
  }

  static let signals = [SIGTERM, SIGINT, SIGHUP, SIGCHLD]
  /// Bytes of a check's complaints that are told.
  static let mostComplaints = 4096
  /// From the order to stop to the kill.
  static let stopPatience = Duration.seconds(6)

  let loop: EventLoop
  let surroundings: Surroundings
  let source: SettingsSource
  let programs = Programs()
  var settings: Settings
  var places: WorkerPlaces
  let sockets: [HeldSocket]
  let services: [ServiceProcess]
  var killBudget: KillBudget
  private(set) var isStopping = false
  var reloading = Reload()
  /// What the check of a new configuration says, while there is one.
  var complaints: Complaints?

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
    services = ServiceKind.wanted(by: settings).map(ServiceProcess.init)
    places = WorkerPlaces(for: settings)
    killBudget = KillBudget(workers: places.openCount)
  }

  /// Starts everything.
  func start() throws(SystemError) {
    try loop.watchSignals(Self.signals) { [unowned self] signal in
      switch signal {
      case SIGCHLD: reap()
      case SIGHUP: reload()
      default: stop(because: signal == SIGINT ? "SIGINT" : "SIGTERM")
      }
    }
    for service in services { start(service) }
  }

  /// The service of this kind, if there is one.
  func service(_ kind: ServiceKind) -> ServiceProcess? { services.first { $0.kind == kind } }

  /// Lets what is under way be answered, and ends everything.
  ///
  /// - Parameter signal: what asked for it, for the log.
  func stop(because signal: String) {
    guard !isStopping else { return }
    isStopping = true
    surroundings.log(.stopping(signal: signal))
    surroundings.notification.stopping()
    for service in services { order(.stop, to: service) }
    guard services.contains(where: { $0.life != nil }) else { return finish() }
    loop.schedule(after: Self.stopPatience) { [unowned self] in finish() }
  }

  /// Ends what is left.
  func finish() {
    for service in services { if let life = service.life { kill(life.pid, SIGKILL) } }
    killWorkers()
    surroundings.log(.stopped)
    loop.stop()
  }

  private func reap() {
    while let (pid, status) = ChildStatus.next() {
      if let service = services.first(where: { $0.life?.pid == pid }) {
        ended(service, status)
      } else if reloading.stage == .checking(pid: pid) {
        checked(status)
      } else if let slot = places.slot(of: pid) {
        workerEnded(slot, status)
      }
    }
  }
}
