import Settings

/// One place for a worker: what it is for, who holds it, and when it is filled again.
struct WorkerPlace {
  /// What the next to hold the place is started with; nil: nobody, the place is closed.
  var purpose: WorkerSettings?
  var holder: Holder?
  /// Counts those that have held the place, so that an old order doesn't hit a new worker.
  private(set) var incarnation: UInt32 = 0
  var backoff = Backoff()

  /// A worker that was started and has not been reaped.
  struct Holder {
    let process: ChildLife
    /// What it was started with.
    let settings: WorkerSettings
    /// It was told to end, since it goes by other settings than are in force.
    var isRetired = false
    /// Its end was asked for too soon after others, and is put off.
    var isDoomed = false
  }

  init(for purpose: WorkerSettings?) { self.purpose = purpose }

  /// Nobody holds the place, and somebody should.
  var isVacant: Bool { holder == nil && purpose != nil }

  mutating func fill(by process: ChildLife, _ settings: WorkerSettings) {
    holder = Holder(process: process, settings: settings)
    incarnation &+= 1
  }

  /// Gives the place to another crew, or to none: what failed before says nothing about that one.
  mutating func reassign(to purpose: WorkerSettings?) {
    guard self.purpose != purpose else { return }
    self.purpose = purpose
    backoff = Backoff()
  }
}

/// A child process that runs.
struct ChildLife: Equatable {
  let pid: Int32
  let began: ContinuousClock.Instant
}
