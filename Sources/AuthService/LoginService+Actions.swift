import Authentication
import EventLoop
import SaslauthdProtocol
import SystemCalls

/// The authenticator: told what happens, and its actions carried out.
extension LoginService {
  /// Hands one event to the authenticator and does what follows; what that brings about comes after it.
  func feed(_ event: AuthenticationEvent) {
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
    case .accepted: connection.descriptor.send(LoginReply.ok.bytes)
    case .refused: connection.descriptor.send(LoginReply.no.bytes)
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
