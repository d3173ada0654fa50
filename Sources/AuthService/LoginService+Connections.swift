import Authentication
import Credentials
import EventLoop
import Glibc
import SaslauthdProtocol
import SystemCalls

/// Connections: accepted, read, closed.
extension LoginService {
  func accept(_ descriptor: consuming Descriptor) {
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
    case .ended:
      // What came before the end may hold a password, and the next request may be long in coming.
      scratch.clear()
      close(connection)
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
    let fingerprint = fingerprint(of: request)
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
      realm: request.realm, remote: request.remote, fingerprint: fingerprint)
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
    case .deciding:
      // A hang-up stays: to go on watching it would be to spin until the worker has answered.
      connection.watch?.cancel()
      connection.watch = nil
      feed(.abandoned(connection.id))
    }
  }

  func close(_ connection: LoginConnection) {
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
