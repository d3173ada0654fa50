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
    var state = State.idle
    var checks = 0
    /// Made under rules that have been replaced.
    var outdated = false
  }

  private var workers: [WorkerID: Worker] = [:]
  /// Idle workers, the one that waits longest first.
  private var idle: [WorkerID] = []

  var busyCount: Int { workers.values.count { if case .busy = $0.state { true } else { false } } }
  var idleCount: Int { idle.count }
  var all: [WorkerID] { Array(workers.keys) }

  func state(of worker: WorkerID) -> State? { workers[worker]?.state }

  /// How many checks a worker has been given.
  func checks(of worker: WorkerID) -> Int { workers[worker]?.checks ?? 0 }

  mutating func add(_ worker: WorkerID) {
    workers[worker] = Worker()
    idle.append(worker)
  }

  /// Gives the check to the worker that has been idle longest.
  mutating func give(_ check: GivenCheck) -> WorkerID? {
    guard !idle.isEmpty else { return nil }
    let worker = idle.removeFirst()
    workers[worker]?.state = .busy(check)
    workers[worker]?.checks += 1
    return worker
  }

  /// The worker is free again; false when it shall end instead.
  mutating func release(_ worker: WorkerID, limit: Int) -> Bool {
    guard let record = workers[worker] else { return false }
    guard !record.outdated, record.checks < limit else {
      workers[worker]?.state = .ending
      return false
    }
    workers[worker]?.state = .idle
    idle.append(worker)
    return true
  }

  mutating func end(_ worker: WorkerID) {
    workers[worker]?.state = .ending
    idle.removeAll { $0 == worker }
  }

  /// Forgets the worker; what it was doing.
  mutating func remove(_ worker: WorkerID) -> State? {
    idle.removeAll { $0 == worker }
    return workers.removeValue(forKey: worker)?.state
  }

  /// Marks all as made under old rules; the idle ones are to end now.
  mutating func outdate() -> [WorkerID] {
    let ending = idle
    for worker in workers.keys { workers[worker]?.outdated = true }
    for worker in ending { workers[worker]?.state = .ending }
    idle = []
    return ending
  }
}
