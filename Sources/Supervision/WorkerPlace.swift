/// One place in the pool of workers: who holds it, and when it is filled again.
struct WorkerPlace {
  /// Counts those that have held the place, so that an old order doesn't hit a new worker.
  var incarnation: UInt32 = 0
  var process: ChildLife?
  var backoff = Backoff()
  /// The pool has been made smaller: the place isn't filled again.
  var isClosed = false
}

/// A child process that runs.
struct ChildLife: Equatable {
  let pid: Int32
  let began: ContinuousClock.Instant
}
