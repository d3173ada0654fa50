import Authentication
import Control
import EventLoop

extension LoginService {
  /// What `postern status` shows.
  ///
  /// - Parameter started: when the process began.
  /// - Returns: the state at this moment.
  func status(since started: ContinuousClock.Instant) -> AuthStatus {
    var status = AuthStatus()
    status.uptime = Int((loop.now - started).components.seconds)
    status.workersBusy = authenticator.busyWorkers
    status.workersIdle = authenticator.idleWorkers
    status.workersMissing = max(0, places - status.workersBusy - status.workersIdle)
    status.workersLost = authenticator.workersLost
    status.connections = connections.count
    status.queued = authenticator.queueLength
    status.oldestWait = authenticator.oldestWaiting.map { (loop.now - $0).milliseconds } ?? 0
    status.cacheEntries = authenticator.rememberedLogins
    status.cacheHits = authenticator.counts.remembered
    status.accepted = authenticator.counts.accepted
    status.refused = authenticator.counts.refused
    status.unavailable = authenticator.counts.unavailable
    status.lastReasons = authenticator.counts.lastReasons
    return status
  }
}

extension Duration {
  /// Whole milliseconds, cut.
  var milliseconds: Int {
    Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000)
  }
}
