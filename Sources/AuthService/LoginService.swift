import Authentication
import Credentials
import EventLoop
import Glibc
import SaslauthdProtocol
import SystemCalls
import WorkerProtocol

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
  private var rules: AuthenticationRules
  private var listeners: [Listener] = []
  private var nextRequest: UInt64
  private var scratch: Secret
  private var events: [AuthenticationEvent] = []
  private var isHandling = false
  private var isStopping = false
  private let connectionLimit: Int

  /// Prepares the service; it begins with its first listener and worker.
  ///
  /// - Parameters:
  ///   - rules: what the authenticator goes by.
  ///   - allowedPeers: who may connect.
  ///   - connectionLimit: the most connections that are open at once.
  ///   - loop: runs all handlers.
  ///   - memory: where passwords stand.
  ///   - surroundings: what the service can ask for.
  init(
    rules: AuthenticationRules, allowedPeers: AllowedPeers, connectionLimit: Int, loop: EventLoop,
    memory: LockedMemory, surroundings: Surroundings
  ) {
    guard let scratch = memory.large.take() else { preconditionFailure("the scratch is taken first") }
    self.scratch = scratch
    self.rules = rules
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

  func add(_ worker: WorkerID, _ socket: consuming Descriptor) throws(SystemError) {
    let link = WorkerLink(worker: worker, descriptor: socket)
    workers[worker] = link
    try link.listen(on: loop) { [unowned self] in hear($0, from: worker) }
  }

  func adopt(_ rules: AuthenticationRules, _ allowedPeers: AllowedPeers) {
    self.rules = rules
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

  private func reportDrained() {
    if isStopping, authenticator.isIdle { surroundings.drained() }
  }
}

// MARK: Connections

extension LoginService {
  private func accept(_ descriptor: consuming Descriptor) {
    if !allowedPeers.isEveryone, !isAllowed(descriptor) { return }
    let connection = LoginConnection(
      id: RequestID(nextRequest), descriptor: descriptor, arrived: loop.now)
    nextRequest += 1
    if connections.count >= connectionLimit { makeRoom() }
    connections.insert(connection)
    read(connection)
    if connection.stage == .reading, connections[connection.id] != nil { awaitRest(of: connection) }
    if connections.count >= connectionLimit, !canMakeRoom { for listener in listeners { listener.pause() } }
  }

  private func isAllowed(_ descriptor: borrowing Descriptor) -> Bool {
    do {
      let peer = try UnixSocket.peer(of: descriptor)
      if allowedPeers.allow(peer) { return true }
      surroundings.log(.peerRefused(peer))
    } catch {
      surroundings.log(.troubled(error))
    }
    return false
  }

  /// Those who have said nothing for the longest give way to those who come.
  private func makeRoom() {
    guard let oldest = connections.oldestReader(where: { _ in true }) else { return }
    close(oldest)
  }

  private var canMakeRoom: Bool { connections.oldestReader(where: { _ in true }) != nil }

  /// Waits for the rest of a request, until its deadline.
  private func awaitRest(of connection: LoginConnection) {
    do {
      connection.watch = try loop.watch(connection.descriptor.number, for: .readable) {
        [unowned self] _ in attend(connection)
      }
      connection.timer = loop.schedule(at: connection.arrived + rules.deadline) { [unowned self] in
        close(connection)
      }
    } catch {
      surroundings.log(.troubled(error))
      close(connection)
    }
  }

  private func read(_ connection: LoginConnection) {
    scratch.clear()
    if let half = connection.halfRead.take() {
      _ = half.withBytes { scratch.append($0) }
      // Its slot is free from here on, and taken anew when there is still something missing.
    }
    switch readMore(connection.descriptor) {
    case .nothing where scratch.count == 0: return
    case .nothing, .bytes: interpret(connection)
    case .ended: close(connection)
    }
  }

  private enum Arrival { case bytes, nothing, ended }

  private func readMore(_ descriptor: borrowing Descriptor) -> Arrival {
    do {
      let before = scratch.count
      try scratch.append { rest throws(SystemError) in try descriptor.read(into: rest) }
      return scratch.count > before ? .bytes : .ended
    } catch {
      return error.code == EAGAIN ? .nothing : .ended
    }
  }

  private func interpret(_ connection: LoginConnection) {
    switch scratch.withSpan({ LoginRequest.read($0) }) {
    case .whole(let request): take(request, from: connection)
    case .incomplete: keepHalf(of: connection)
    case .malformed(let fault):
      surroundings.log(.malformed(connection.id, fault))
      close(connection)
    }
    scratch.clear()
  }

  private func keepHalf(of connection: LoginConnection) {
    if memory.large.available == 0 {
      connections.oldestReader { $0.halfRead != nil }.map(close)
    }
    guard var half = memory.large.take() else { return close(connection) }
    let fits = scratch.withBytes { half.append($0) }
    precondition(fits, "both are large slots")
    connection.halfRead = consume half
  }

  private func take(_ request: LoginRequest, from connection: LoginConnection) {
    connection.stage = .deciding
    if let timer = connection.timer { loop.cancel(timer) }
    connection.timer = nil
    let longest = memory.small.slotSize
    if !request.password.isEmpty, request.password.count < longest {
      connection.password = memory.small.take()
      scratch.withBytes { bytes in
        _ = connection.password?.append(UnsafeRawBufferPointer(rebasing: bytes[request.password]))
      }
    }
    scratch.clear()
    let attempt = LoginAttempt(
      login: request.login, passwordLength: request.password.count, service: request.service,
      realm: request.realm, remote: request.remote)
    feed(.requested(connection.id, attempt, arrived: connection.arrived))
    if connections[connection.id] != nil { awaitHangUp(connection) }
  }

  private func awaitHangUp(_ connection: LoginConnection) {
    do {
      if let watch = connection.watch {
        try watch.modify(.hangUp)
        return
      }
      connection.watch = try loop.watch(connection.descriptor.number, for: .hangUp) {
        [unowned self] _ in attend(connection)
      }
    } catch {
      surroundings.log(.troubled(error))
      feed(.abandoned(connection.id))
    }
  }

  /// Something happened on a connection that the loop watches.
  private func attend(_ connection: LoginConnection) {
    switch connection.stage {
    case .reading: read(connection)
    case .deciding: feed(.abandoned(connection.id))
    }
  }

  private func close(_ connection: LoginConnection) {
    connection.watch?.cancel()
    connection.watch = nil
    if let timer = connection.timer { loop.cancel(timer) }
    connection.timer = nil
    connection.halfRead = nil
    connection.password = nil
    _ = connections.remove(connection.id)
    if connections.count < connectionLimit { for listener in listeners { listener.resume() } }
  }
}

// MARK: Workers

extension LoginService {
  private func hear(_ arrival: WorkerLink.Arrival, from worker: WorkerID) {
    switch arrival {
    case .message(.hello): feed(.workerReady(worker))
    case .message(.verdict(let verdict)):
      feed(
        .workerAnswered(
          worker,
          WorkerAnswer(
            request: RequestID(verdict.id), verdict: verdict.verdict, leaving: verdict.leaving)))
    case .nonsense(let error):
      surroundings.log(.workerMisspoke(worker, error))
      feed(.workerMisspoke(worker))
    case .gone:
      workers.removeValue(forKey: worker)?.close()
      feed(.workerGone(worker))
    }
  }

  private func give(
    _ request: RequestID, _ mechanism: MechanismName, _ subject: CheckSubject, to worker: WorkerID
  ) {
    guard let connection = connections[request] else { preconditionFailure("nobody asked for this") }
    guard let password = connection.password.take() else {
      preconditionFailure("there is a slot for every password that may wait")
    }
    guard let link = workers[worker] else { return events.append(.workerGone(worker)) }
    CheckFrame.encode(
      id: request.number, mechanism: mechanism,
      subject: CheckFrame.Subject(
        login: subject.login, service: subject.service, realm: subject.realm, remote: subject.remote),
      password: password, into: &scratch)
    let sent = link.send(scratch)
    scratch.clear()
    connection.password = consume password
    if !sent { events.append(.workerMisspoke(worker)) }
  }
}

// MARK: The authenticator

extension LoginService {
  /// Hands one event to the authenticator and does what follows; what that brings about comes after it.
  private func feed(_ event: AuthenticationEvent) {
    events.append(event)
    guard !isHandling else { return }
    isHandling = true
    var next = 0
    while next < events.count {
      for action in authenticator.handle(events[next], now: loop.now) { perform(action) }
      next += 1
    }
    events.removeAll(keepingCapacity: true)
    isHandling = false
    reportDrained()
  }

  private func perform(_ action: AuthenticationAction) {
    switch action {
    case .give(let request, let mechanism, let subject, let worker):
      give(request, mechanism, subject, to: worker)
    case .finish(let request, let answer): finish(request, answer)
    case .forgetPassword(let request): connections[request]?.password = nil
    case .startTimer(let request, let time): startTimer(request, at: time)
    case .dismiss(let worker):
      workers.removeValue(forKey: worker)?.close()
      events.append(.workerGone(worker))
    case .kill(let worker): surroundings.kill(worker)
    case .log(let outcome): surroundings.log(.outcome(outcome))
    }
  }

  private func finish(_ request: RequestID, _ answer: AuthenticationAction.Answer) {
    guard let connection = connections[request] else { return }
    switch answer {
    case .accepted: connection.descriptor.write(LoginReply.ok.bytes)
    case .refused: connection.descriptor.write(LoginReply.no.bytes)
    case .unavailable: break
    }
    close(connection)
  }

  private func startTimer(_ request: RequestID, at time: ContinuousClock.Instant) {
    guard let connection = connections[request] else { return }
    if let timer = connection.timer { loop.cancel(timer) }
    connection.timer = loop.schedule(at: time) { [unowned self] in
      connection.timer = nil
      feed(.due(request))
    }
  }
}
