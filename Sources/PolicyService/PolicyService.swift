import Control
import EventLoop
import Glibc
import Policy
import PolicySetup
import Settings
import SystemCalls

/// The edge around the policy: listeners, connections and their limits.
///
/// One thread; every handler runs from the loop.
final class PolicyService {
  static let mostConnections = 400
  /// Of one user on unix sockets, root and Postfix excepted.
  static let mostConnectionsOfUser = 20

  let loop: EventLoop
  let log: PolicyLog
  private var settings: Settings
  let greylister: Greylister
  let judge: PolicyJudge
  /// Nil where no list asks the DNS.
  private let lookups: Lookups?
  /// By their marks.
  private let places: [UInt32: PolicyListener]
  /// Lists that a request's policy_context may name.
  private let contexts: [[UInt8]: PolicyListener.Lists]
  /// Ends the process, so that it begins anew with what has changed.
  var renew: () -> Void = {}
  private var tableWatch: FileWatch?
  private var whitelistWatch: FileWatch?
  private var listeners: [Listener] = []
  private var open = 0
  private var users = ConnectionShares(most: mostConnectionsOfUser)
  private var requests: UInt64 = 0

  /// Opens the store.
  ///
  /// - Throws: what keeps its thread from starting, or names from being looked up.
  init(settings: Settings, setup: PolicySetup, loop: EventLoop, log: PolicyLog) throws {
    self.settings = settings
    self.loop = loop
    self.log = log
    greylister = try Greylister(
      settings.greylist, store: settings.store.path, loop: loop, log: { log.write($0) })
    lookups = try Lookups(setup, settings.dns, loop: loop, log: { log.write($0) })
    judge = PolicyJudge(setup, greylister: greylister, lookups: lookups, loop: loop, log: { log.write($0) })
    var places: [UInt32: PolicyListener] = [:]
    var contexts: [[UInt8]: PolicyListener.Lists] = [:]
    for listener in settings.policy {
      guard settings.log.wording != .postgrey, let list = setup.list(of: listener) else {
        places[listener.mark] = .greylist
        continue
      }
      let lists = PolicyListener.Lists(list: list, onFailure: listener.onFailure)
      places[listener.mark] = .lists(lists)
      contexts[Array(listener.name.utf8)] = lists
    }
    self.places = places
    self.contexts = contexts
    watchWhitelists()
    watchTables(setup.policy.tables)
  }

  /// Takes connections of the listener with this mark.
  ///
  /// - Throws: also when the settings have no such listener: they are others than posternd has bound sockets for.
  func listen(on socket: consuming Descriptor, mark: UInt32) throws(SystemError) {
    guard let listener = places[mark] else {
      throw SystemError(
        "the listeners of the configuration have changed, which needs a restart", code: ESTALE)
    }
    listeners.append(
      try Listener(
        socket, on: loop, accepted: { [unowned self] in accept($0, at: listener) },
        troubled: { [unowned self] in log.write(.troubled($0)) }))
  }

  func adopt(_ new: Settings) {
    settings = new
    greylister.adopt(new.greylist)
    watchWhitelists()
  }

  private func watchTables(_ tables: Set<TableName>) {
    let files = tables.compactMap(\.readFile)
    guard !files.isEmpty else { return }
    // Only Postfix's programs can read these.
    let indexes = Set(tables.filter(\.type.isListedByPostmap).compactMap(\.readFile))
    do throws(SystemError) {
      tableWatch = try FileWatch(files, quiet: .seconds(1), loop: loop) { [unowned self] changed in
        if changed.isDisjoint(with: indexes) { judge.readTables() } else { renew() }
      }
    } catch {
      log.write(.tablesUnwatched(error))
    }
  }

  private func watchWhitelists() {
    whitelistWatch = nil
    do throws(SystemError) {
      let files = settings.greylist.clientWhitelists.paths + settings.greylist.recipientWhitelists.paths
      whitelistWatch = try FileWatch(files, quiet: .milliseconds(500), loop: loop) { [unowned self] _ in
        greylister.adoptWhitelists(settings.greylist)
      }
    } catch {
      log.write(.whitelistsUnwatched(error))
    }
  }

  /// Takes nothing new, and writes what is still to be written.
  func stop() {
    for listener in listeners { listener.close() }
    listeners = []
    lookups?.zones.close()
    greylister.close()
  }

  func status(since started: ContinuousClock.Instant, _ reply: @escaping (PolicyStatus) -> Void) {
    greylister.count { [unowned self] count, skipped in
      var status = PolicyStatus()
      status.uptime = Int((loop.now - started).components.seconds)
      status.connections = open
      status.requests = requests
      status.triplets = count.triplets
      status.clients = count.clients
      status.skipped = skipped
      status.decisions = judge.counts
      lookups?.describe(in: &status)
      reply(status)
    }
  }

  private func accept(_ socket: consuming Descriptor, at listener: PolicyListener) {
    var taken: UInt32?
    do {
      let uid = try Self.user(of: socket)
      if let uid, !users.take(uid) { return refuse(uid) }
      taken = uid
      let connection = try BufferedConnection(
        socket, on: loop,
        limits: .init(inbound: PolicyRequestDecoder.longest, outbound: PolicyRequestDecoder.longest),
        handlers: handlers(PolicyConnection(uid: uid), listener))
      open += 1
      connection.setDeadline(loop.now + PolicyConnection.idleLimit)
      if open >= Self.mostConnections { for listener in listeners { listener.pause() } }
    } catch {
      if let taken { users.giveBack(taken) }
      log.write(.troubled(error))
    }
  }

  private func refuse(_ uid: UInt32) {
    if users.isWorthTelling(uid, now: loop.now) { log.write(.tooMany(uid: uid)) }
  }

  /// Who is at the other end of a unix socket; nil for one that isn't told, as over TCP.
  private static func user(of socket: borrowing Descriptor) throws(SystemError) -> UInt32? {
    let peer = try UnixSocket.peer(of: socket)
    // Over TCP the kernel knows nobody.
    return peer.pid == 0 ? nil : peer.uid
  }

  private func handlers(
    _ client: PolicyConnection, _ listener: PolicyListener
  ) -> BufferedConnection.Handlers {
    BufferedConnection.Handlers(
      received: { [unowned self] connection, bytes in
        switch client.read(bytes) {
        case .whole(let request, let length):
          answer(request, at: listener, of: client, on: connection)
          return length
        case .incomplete: return 0
        case .malformed(let fault):
          log.write(.malformed(fault))
          connection.close()
          return bytes.count
        }
      },
      inputEnded: { $0.finish() },
      closed: { [unowned self] _, _ in
        open -= 1
        if let uid = client.uid { users.giveBack(uid) }
        if open < Self.mostConnections { for listener in listeners { listener.resume() } }
      })
  }

  private func answer(
    _ request: PolicyRequest, at listener: PolicyListener, of client: PolicyConnection,
    on connection: BufferedConnection
  ) {
    requests += 1
    connection.setDeadline(loop.now + PolicyConnection.idleLimit)
    switch listener {
    case .greylist:
      switch greylister.reply(to: request) {
      case .now(let opinion): send(opinion.action, from: client, on: connection)
      case .never: connection.hold()
      case .later(let question):
        // Answers go out in the order of the requests: the next one isn't looked at before.
        connection.hold()
        greylister.settle(question) { [unowned self] in
          send($0?.action ?? .dunno, from: client, on: connection)
        }
      }
    case .lists(let own):
      let named = request[.policyContext].flatMap { contexts[Array($0)] }
      switch judge.judge(request, by: named ?? own) {
      case .now(let action): send(action, from: client, on: connection)
      case .later(let open):
        connection.hold()
        judge.settle(open) { [unowned self] action in
          // Postfix then answers 451.
          guard let action else { return connection.close() }
          send(action, from: client, on: connection)
        }
      }
    }
  }

  private func send(
    _ action: PolicyAction, from client: PolicyConnection, on connection: BufferedConnection
  ) {
    client.answer(action, on: connection, isLast: settings.greylist.closesAfterAnswer)
  }
}
