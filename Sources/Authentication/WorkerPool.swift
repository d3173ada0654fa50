import Credentials

/// The workers that have said hello, and what each is doing.
struct WorkerPool: Sendable {
  enum State: Equatable, Sendable {
    case idle
    case busy(GivenCheck)
    /// Told to end, or asked to be ended: given nothing more.
    case ending
  }

  private struct Worker {
    let rights: WorkerRights
    var state = State.idle
    var checks = 0
    /// Ends when it has answered.
    var isRetired = false
  }

  private var workers: [WorkerID: Worker] = [:]
  /// Idle workers by what they may do, the one that waits longest first.
  private var idle: [WorkerRights: [WorkerID]] = [:]

  var busyCount: Int { workers.values.count { if case .busy = $0.state { true } else { false } } }
  var idleCount: Int { idle.values.reduce(0) { $0 + $1.count } }

  func state(of worker: WorkerID) -> State? { workers[worker]?.state }

  /// Whether a worker with exactly these rights is idle.
  func hasIdle(with rights: WorkerRights) -> Bool { idle[rights]?.isEmpty == false }

  mutating func add(_ worker: WorkerID, rights: WorkerRights) {
    workers[worker] = Worker(rights: rights)
    idle[rights, default: []].append(worker)
  }

  /// Gives the check to the worker that has been idle longest among those with these rights.
  mutating func give(_ check: GivenCheck, needing rights: WorkerRights) -> WorkerID? {
    guard hasIdle(with: rights), let worker = idle[rights]?.removeFirst() else { return nil }
    workers[worker]?.state = .busy(check)
    workers[worker]?.checks += 1
    return worker
  }

  /// The worker is free again; false when it shall end instead.
  mutating func release(_ worker: WorkerID, limit: Int) -> Bool {
    guard let record = workers[worker] else { return false }
    guard !record.isRetired, record.checks < limit else {
      workers[worker]?.state = .ending
      return false
    }
    workers[worker]?.state = .idle
    idle[record.rights, default: []].append(worker)
    return true
  }

  mutating func end(_ worker: WorkerID) {
    workers[worker]?.state = .ending
    removeFromIdle(worker)
  }

  /// Forgets the worker; what it was doing.
  mutating func remove(_ worker: WorkerID) -> State? {
    removeFromIdle(worker)
    return workers.removeValue(forKey: worker)?.state
  }

  /// The worker gets nothing more.
  ///
  /// - Returns: whether it is idle, and so to end now; a busy one ends when it has answered.
  mutating func retire(_ worker: WorkerID) -> Bool {
    workers[worker]?.isRetired = true
    guard workers[worker]?.state == .idle else { return false }
    end(worker)
    return true
  }

  private mutating func removeFromIdle(_ worker: WorkerID) {
    guard let rights = workers[worker]?.rights else { return }
    idle[rights]?.removeAll { $0 == worker }
  }
}
