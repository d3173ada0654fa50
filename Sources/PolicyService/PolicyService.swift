import Control
import EventLoop
import Policy
import Settings
import SystemCalls

/// The edge around the policy: listeners, connections and their limits.
///
/// One thread; every handler runs from the loop.
final class PolicyService {
  static let mostConnections = 400
  /// Of one user on unix sockets, root and Postfix excepted.
  static let mostConnectionsOfUser = 20
  /// Postfix lets go of a connection after `smtpd_policy_service_max_idle`, 300 seconds.
  static let idleLimit = Duration.seconds(305)
  /// Between two steps of expiry, when the last one was done.
  private static let expiryInterval = Duration.seconds(600)

  let loop: EventLoop
  let log: PolicyLog
  private var settings: Settings
  private let greylister: Greylister
  private var listeners: [Listener] = []
  private var open: Set<ObjectIdentifier> = []
  private var users = ConnectionShares(most: mostConnectionsOfUser)
  private var requests: UInt64 = 0

  init(settings: Settings, loop: EventLoop, log: PolicyLog) {
    self.settings = settings
    self.loop = loop
    self.log = log
    greylister = Greylister(settings.greylist) { log.write($0) }
    scheduleExpiry(after: Self.expiryInterval)
  }

  /// Takes connections of the listener at `place` among the settings'.
  func listen(on socket: consuming Descriptor, place: Int) throws(SystemError) {
    listeners.append(
      try Listener(
        socket, on: loop, accepted: { [unowned self] in accept($0) },
        troubled: { [unowned self] in log.write(.troubled($0)) }))
  }

  func adopt(_ new: Settings) {
    settings = new
    greylister.adopt(new.greylist)
  }

  func stop() {
    for listener in listeners { listener.close() }
    listeners = []
  }

  func status(since started: ContinuousClock.Instant) -> PolicyStatus {
    let count = greylister.count
    var status = PolicyStatus()
    status.uptime = Int((loop.now - started).components.seconds)
    status.connections = open.count
    status.requests = requests
    status.triplets = count.triplets
    status.clients = count.clients
    return status
  }

  private func accept(_ socket: consuming Descriptor) {
    do {
      let uid = try Self.user(of: socket)
      if let uid, !users.take(uid) { return log.write(.tooMany(uid: uid)) }
      let connection = try BufferedConnection(
        socket, on: loop,
        limits: .init(inbound: PolicyRequestDecoder.longest, outbound: PolicyRequestDecoder.longest),
        handlers: handlers(of: uid))
      open.insert(ObjectIdentifier(connection))
      connection.setDeadline(loop.now + Self.idleLimit)
      if open.count >= Self.mostConnections { for listener in listeners { listener.pause() } }
    } catch {
      log.write(.troubled(error))
    }
  }

  /// Who is at the other end of a unix socket; nil for one that isn't told, as over TCP.
  private static func user(of socket: borrowing Descriptor) throws(SystemError) -> UInt32? {
    let peer = try UnixSocket.peer(of: socket)
    // Over TCP the kernel knows nobody.
    return peer.pid == 0 ? nil : peer.uid
  }

  private func handlers(of uid: UInt32?) -> BufferedConnection.Handlers {
    var decoder = PolicyRequestDecoder()
    return BufferedConnection.Handlers(
      received: { [unowned self] connection, bytes in
        switch decoder.read(bytes) {
        case .whole(let request, let length):
          answer(request, on: connection)
          return length
        case .incomplete: return 0
        case .malformed(let fault):
          log.write(.malformed(fault))
          connection.close()
          return bytes.count
        }
      },
      inputEnded: { $0.finish() },
      closed: { [unowned self] connection, _ in
        open.remove(ObjectIdentifier(connection))
        if let uid { users.giveBack(uid) }
        if open.count < Self.mostConnections { for listener in listeners { listener.resume() } }
      })
  }

  private func answer(_ request: PolicyRequest, on connection: BufferedConnection) {
    requests += 1
    connection.send(PolicyReply(greylister.answer(request)).bytes.span)
    connection.setDeadline(loop.now + Self.idleLimit)
    if settings.greylist.closesAfterAnswer { connection.finish() }
  }

  /// Small steps, so that nobody waits for them.
  private func scheduleExpiry(after delay: Duration) {
    loop.schedule(after: delay) { [unowned self] in
      scheduleExpiry(after: greylister.expire() ? .milliseconds(50) : Self.expiryInterval)
    }
  }
}
