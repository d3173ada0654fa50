package import Control
package import EventLoop
package import SystemCalls

/// Answers the operator's questions: one line in, lines out, and the end of the connection.
package final class OperatorDesk {
  /// From the question to the answer, which may take its time: a store that stalls, a reload with its check, a stop
  /// with the logins under way, a walk through the greylist.
  static let longPatience = Duration.seconds(60)
  /// Connections beyond these wait in the backlog.
  static let mostConnections = 16

  /// Who does what is asked for.
  package struct Services {
    /// Hands over the service's state, `name=value` lines, now or later.
    var status: (@escaping (String) -> Void) -> Void
    /// Says how many logins were forgotten; nil in a service that has none.
    var flushCache: ((_ login: String?) -> Int)?
    /// Hands over the lines of an answer, now or later; nil in a service that has no greylist.
    var greylist: ((GreylistRequest, @escaping (String) -> Void) -> Void)?
    /// Hands over the lines of an answer about decisions, now or later.
    var decisions: (DecisionRequest, @escaping (String) -> Void) -> Void
    /// Passes the request on; `reloadEnded` says what came of it.
    var reload: () -> Void
    /// Passes the request on; the end of this process is the answer.
    var stop: () -> Void

    package init(
      status: @escaping (@escaping (String) -> Void) -> Void, flushCache: ((_ login: String?) -> Int)? = nil,
      greylist: ((GreylistRequest, @escaping (String) -> Void) -> Void)? = nil,
      decisions: @escaping (DecisionRequest, @escaping (String) -> Void) -> Void,
      reload: @escaping () -> Void, stop: @escaping () -> Void
    ) {
      self.status = status
      self.flushCache = flushCache
      self.greylist = greylist
      self.decisions = decisions
      self.reload = reload
      self.stop = stop
    }
  }

  private let loop: EventLoop
  private let owner: UInt32
  private let services: Services
  private var listener: Listener?
  private var open = 0
  /// Who waits for the end of a reload, and the number of his request.
  private var awaitingReload: [(request: UInt32, connection: BufferedConnection)] = []
  private var reloadsAsked: UInt32 = 0
  /// From connect to the end of the question, and from the answer to its last byte.
  var patience = Duration.seconds(5)

  /// Prepares the desk.
  ///
  /// - Parameters:
  ///   - loop: runs the handlers.
  ///   - owner: may ask for changes, as root may.
  ///   - services: do what is asked for.
  package init(loop: EventLoop, owner: UInt32, services: Services) {
    self.loop = loop
    self.owner = owner
    self.services = services
  }

  /// Whose posternd is at the other end of the control socket: root, or who started all of it without root.
  ///
  /// - Returns: root, too, when the system doesn't tell.
  package static func owner(of control: borrowing Descriptor) -> UInt32 {
    do throws(SystemError) {
      return try UnixSocket.peer(of: control).uid
    } catch {
      return 0
    }
  }

  package func listen(on socket: consuming Descriptor) throws(SystemError) {
    listener = try Listener(
      socket, on: loop, accepted: { [unowned self] in accept($0) },
      // Who asks gets no answer for a while; the login sockets' listeners log the same trouble.
      troubled: { _ in })
  }

  package func close() {
    listener?.close()
    listener = nil
  }

  /// Tells those who wait for it what came of a reload.
  ///
  /// - Parameters:
  ///   - inForce: whether its settings are.
  ///   - asked: how many requests had come before it began; later ones wait for the next.
  package func reloadEnded(inForce: Bool, asked: UInt32) {
    let answered = awaitingReload.filter { $0.request <= asked }
    awaitingReload.removeAll { $0.request <= asked }
    for (_, connection) in answered {
      end(connection, saying: inForce ? "reload=in_force" : "reload=refused")
    }
  }

  private func accept(_ socket: consuming Descriptor) {
    let limits = BufferedConnection.Limits(inbound: OperatorRequest.longest, outbound: 1 << 16)
    do {
      let uid = try UnixSocket.peer(of: socket).uid
      let mayChange = uid == 0 || uid == owner
      var hasAsked = false
      let handlers = BufferedConnection.Handlers(
        received: { [unowned self] connection, bytes in
          // One question a connection; what comes after it is read and dropped.
          if hasAsked { return bytes.count }
          guard let end = bytes.indices.first(where: { bytes[$0] == UInt8(ascii: "\n") }) else { return 0 }
          hasAsked = true
          let line = String(decoding: (0..<end).map { bytes[$0] }, as: UTF8.self)
          answer(OperatorRequest(line: line), mayChange: mayChange, on: connection)
          return bytes.count
        },
        // Who has asked is still there for the answer.
        inputEnded: { if !hasAsked { $0.close() } },
        closed: { [unowned self] connection, _ in
          awaitingReload.removeAll { $0.connection === connection }
          open -= 1
          listener?.resume()
        })
      let connection = try BufferedConnection(socket, on: loop, limits: limits, handlers: handlers)
      connection.setDeadline(loop.now + patience)
      open += 1
      if open >= Self.mostConnections { listener?.pause() }
    } catch {
      // The system has no descriptor for a watch: the operator sees a closed connection and asks again.
      return
    }
  }

  private func answer(_ request: OperatorRequest?, mayChange: Bool, on connection: BufferedConnection) {
    guard let request else { return end(connection, saying: "error=unknown request") }
    guard mayChange || !request.changesSomething else {
      return end(connection, saying: "error=only root may ask for this")
    }
    connection.setDeadline(loop.now + Self.longPatience)
    switch request {
    case .status: services.status { [unowned self] in end(connection, saying: $0) }
    case .flushCache(let login):
      guard let flush = services.flushCache else { return end(connection, saying: "error=unknown request") }
      end(connection, saying: "forgotten=\(flush(login))")
    case .greylist(let request):
      guard let greylist = services.greylist else {
        return end(connection, saying: "error=unknown request")
      }
      greylist(request) { [unowned self] in end(connection, saying: $0) }
    case .decisions(let request):
      services.decisions(request) { [unowned self] in end(connection, saying: $0) }
    case .reload:
      reloadsAsked += 1
      awaitingReload.append((reloadsAsked, connection))
      services.reload()
    case .stop:
      services.stop()
    }
  }

  private func end(_ connection: BufferedConnection, saying text: String) {
    connection.setDeadline(loop.now + patience)
    connection.send(Array((text.hasSuffix("\n") ? text : text + "\n").utf8).span)
    connection.finish()
  }
}
