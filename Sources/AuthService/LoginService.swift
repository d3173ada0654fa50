import Authentication
import Credentials
import EventLoop
import SystemCalls

/// The edge around the authenticator: connections, workers' sockets and timers.
///
/// Reads requests, hands what happens to the authenticator, and does what it says. One thread; every handler
/// runs from the loop.
final class LoginService {
  /// What the service needs of the world around it.
  struct Surroundings {
    /// Ask the supervisor to end a worker.
    var kill: (WorkerID) -> Void
    var log: (LoginNotice) -> Void
    /// Everything under way when `stop` came has been answered.
    var drained: () -> Void
  }

  let loop: EventLoop
  let memory: LockedMemory
  let surroundings: Surroundings
  var authenticator: Authenticator
  var allowedPeers: AllowedPeers
  var connections = LoginConnections()
  var workers: [WorkerID: WorkerLink] = [:]
  var rules: AuthenticationRules
  /// How many workers there shall be.
  var places: Int
  var listeners: [Listener] = []
  /// Nil while nothing is remembered: not wanted, or changes couldn't be seen.
  var sources: CredentialSources?
  var sourcesWatch: Watch?
  var nextRequest: UInt64
  var scratch: Secret
  var events: [AuthenticationEvent] = []
  var isHandling = false
  private var isStopping = false
  let connectionLimit: Int

  /// Prepares the service; it begins with its first listener and worker.
  ///
  /// - Parameters:
  ///   - rules: what the authenticator goes by.
  ///   - places: how many workers there shall be.
  ///   - allowedPeers: who may connect.
  ///   - connectionLimit: the most connections that are open at once.
  ///   - loop: runs all handlers.
  ///   - memory: where passwords stand.
  ///   - surroundings: what the service can ask for.
  init(
    rules: AuthenticationRules, places: Int, allowedPeers: AllowedPeers, connectionLimit: Int,
    loop: EventLoop, memory: LockedMemory, surroundings: Surroundings
  ) {
    guard let scratch = memory.large.take() else { preconditionFailure("the scratch is taken first") }
    self.scratch = scratch
    self.rules = rules
    self.places = places
    self.allowedPeers = allowedPeers
    self.connectionLimit = connectionLimit
    self.loop = loop
    self.memory = memory
    self.surroundings = surroundings
    authenticator = Authenticator(rules: rules)
    // Ids of two lives of the service are unlikely to be taken for each other in a log.
    nextRequest = UInt64.random(in: 0x1000...0xF_FFFF) << 12
  }

  func add(_ socket: consuming Descriptor) throws(SystemError) {
    listeners.append(
      try Listener(
        socket, on: loop, accepted: { [unowned self] in accept($0) },
        troubled: { [unowned self] in surroundings.log(.troubled($0)) }))
  }

  /// Takes a worker's socket; whoever held its place before is gone, even when a child that he left behind
  /// still holds the socket's other end.
  func add(
    _ worker: WorkerID, rights: WorkerRights, _ socket: consuming Descriptor
  ) throws(SystemError) {
    for former in workers.keys where former.slot == worker.slot { forget(former) }
    let link = WorkerLink(worker: worker, rights: rights, descriptor: socket)
    workers[worker] = link
    try link.listen(on: loop) { [unowned self] in hear($0, from: worker) }
  }

  /// Lets a worker end that was started with settings which are about to be replaced: when it has answered, at
  /// once when it hasn't said hello.
  func retire(_ worker: WorkerID) {
    if authenticator.knows(worker) { return feed(.workerRetired(worker)) }
    workers.removeValue(forKey: worker)?.close()
  }

  /// Goes by new rules.
  func adopt(_ rules: AuthenticationRules, places: Int, _ allowedPeers: AllowedPeers) {
    self.rules = rules
    self.places = places
    self.allowedPeers = allowedPeers
    feed(.reconfigured(rules))
  }

  /// Takes nothing new; `drained` is called when what is under way has been answered.
  func stop() {
    guard !isStopping else { return }
    isStopping = true
    for listener in listeners { listener.close() }
    listeners = []
    for connection in connections.all where connection.stage == .reading { close(connection) }
    feed(.stopping)
    reportDrained()
  }

  func reportDrained() {
    if isStopping, authenticator.isIdle { surroundings.drained() }
  }
}
