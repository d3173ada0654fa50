import Credentials

/// Decides every login: a value that is told what happened and says what to do.
///
/// It does no I/O, holds no password and reads no clock. The order for a request: its shape, the cache, then
/// the queue for a worker, mechanism after mechanism. Every request ends in one `finish`, by its deadline at the latest.
package struct Authenticator: Sendable {
  var rules: AuthenticationRules
  var pending: [RequestID: PendingLogin] = [:]
  var queue = LoginQueue()
  var pool = WorkerPool()
  var cache: CredentialCache
  var checkTime = CheckTime()
  var isStopping = false
  package internal(set) var counts = LoginCounts()
  /// Workers that ended without being told to, or had to be ended.
  package internal(set) var workersLost = 0

  package init(rules: AuthenticationRules) {
    self.rules = rules
    cache = CredentialCache(lifetime: rules.cacheLifetime, limit: rules.cacheEntries)
  }

  /// Requests that wait for a worker.
  package var queueLength: Int { queue.count }
  package var busyWorkers: Int { pool.busyCount }
  package var idleWorkers: Int { pool.idleCount }
  /// Whether the worker has said hello.
  package func knows(_ worker: WorkerID) -> Bool { pool.state(of: worker) != nil }
  /// Acceptances that are remembered.
  package var rememberedLogins: Int { cache.count }
  /// Nothing is under way.
  package var isIdle: Bool { pending.isEmpty }

  /// When the request that has waited longest for a worker came.
  package var oldestWaiting: ContinuousClock.Instant? {
    queue.heads.compactMap { pending[$0]?.arrived }.min()
  }

  /// Takes one event and says what follows from it.
  package mutating func handle(
    _ event: AuthenticationEvent, now: ContinuousClock.Instant
  ) -> [AuthenticationAction] {
    var actions: [AuthenticationAction] = []
    switch event {
    case .requested(let request, let attempt, let arrived):
      take(request, attempt, arrived: arrived, now: now, &actions)
    case .abandoned(let request): abandon(request, &actions)
    case .due(let request): becomeDue(request, now: now, &actions)
    case .workerReady(let worker, let rights): pool.add(worker, rights: rights)
    case .workerAnswered(let worker, let answer): hear(answer, from: worker, now: now, &actions)
    case .workerMisspoke(let worker): distrust(worker, now: now, &actions)
    case .workerGone(let worker): lose(worker, now: now, &actions)
    case .workerRetired(let worker): if pool.retire(worker) { actions.append(.dismiss(worker)) }
    case .reconfigured(let rules): adopt(rules, now: now, &actions)
    case .sourcesChanged: cache.beginGeneration()
    case .cacheFlushed(let login): flushCache(of: login)
    case .stopping: isStopping = true
    }
    giveWork(now: now, &actions)
    return actions
  }
}
