package import SystemCalls

/// One thread that waits for descriptors and times, and calls who asked for them.
///
/// No handler is called from inside a call of its owner's: all of them run from `run`, one after the other.
/// Not for use from a second thread; what comes from there rings `wakeUp`.
package final class EventLoop {
  struct Registration {
    let number: Int32
    var interest: Interest
    let ready: (Readiness) -> Void
  }

  /// For other threads.
  package let wakeUp: WakeUp
  /// Runs in the loop after `wakeUp` was rung.
  package var onWakeUp: () -> Void = {}

  private let epoll: Epoll
  private var registrations = SlotTable<Registration>()
  private var timers = TimerHeap()
  private var turnStart: ContinuousClock.Instant?
  private var isStopping = false

  package init() throws(SystemError) {
    epoll = try Epoll()
    wakeUp = try WakeUp()
    _ = try watch(wakeUp.number, for: .readable) { [unowned self] _ in
      wakeUp.reset()
      onWakeUp()
    }
  }

  /// The time at which this turn of the loop began; the clock's while the loop doesn't run.
  package var now: ContinuousClock.Instant { turnStart ?? .now }

  /// Calls `ready` whenever the descriptor is ready for what `interest` says.
  ///
  /// - Parameters:
  ///   - number: a descriptor that stays open until the watch is cancelled.
  ///   - interest: may be empty, until `modify` says what to wait for.
  ///   - ready: called once a turn for as long as the state lasts (level-triggered).
  /// - Returns: what changes and ends it.
  /// - Throws: what epoll says, such as EPERM for a plain file.
  package func watch(
    _ number: Int32, for interest: Interest, _ ready: @escaping (Readiness) -> Void
  ) throws(SystemError) -> Watch {
    let key = registrations.insert(Registration(number: number, interest: interest, ready: ready))
    if interest.isEmpty { return Watch(loop: self, key: key) }
    do {
      try epoll.add(number, for: interest, key: key.bits)
    } catch {
      registrations.remove(key)
      throw error
    }
    return Watch(loop: self, key: key)
  }

  /// Runs `work` once, at `time` or soon after it; work for the same time runs in the order it was scheduled.
  ///
  /// A time that has passed means the next turn, so that work which schedules itself keeps nobody out.
  @discardableResult
  package func schedule(at time: ContinuousClock.Instant, _ work: @escaping () -> Void) -> TimerToken {
    // Before the first turn nothing can be kept out, and the times stay as they are.
    timers.insert(at: turnStart.map { max(time, $0) } ?? time, work)
  }

  /// Runs `work` once, when `delay` has passed since this turn began.
  @discardableResult
  package func schedule(after delay: Duration, _ work: @escaping () -> Void) -> TimerToken {
    schedule(at: now + delay, work)
  }

  /// Calls scheduled work off; without effect when it has run.
  package func cancel(_ token: TimerToken) { timers.remove(token) }

  /// Waits and calls until `stop`.
  ///
  /// Without timers and events it sleeps: there is no periodic work.
  package func run() throws(SystemError) {
    precondition(turnStart == nil, "the loop runs already")
    defer {
      turnStart = nil
      isStopping = false
    }
    while !isStopping { try turn() }
  }

  /// Lets `run` return after this turn.
  package func stop() { isStopping = true }

  func modify(_ key: SlotTable<Registration>.Key, to interest: Interest) throws(SystemError) {
    guard let registration = registrations[key], registration.interest != interest else { return }
    switch (registration.interest.isEmpty, interest.isEmpty) {
    case (true, _): try epoll.add(registration.number, for: interest, key: key.bits)
    case (_, true): epoll.remove(registration.number)
    default: try epoll.change(registration.number, to: interest, key: key.bits)
    }
    registrations[key]?.interest = interest
  }

  func cancel(_ key: SlotTable<Registration>.Key) {
    guard let registration = registrations.remove(key), !registration.interest.isEmpty else { return }
    epoll.remove(registration.number)
  }

  private func turn() throws(SystemError) {
    let count = try epoll.wait(milliseconds: patience)
    let now = ContinuousClock.Instant.now
    turnStart = now
    for index in 0..<count {
      let event = epoll.event(at: index)
      if let registration = registrations[.init(bits: event.key)] {
        registration.ready(event.readiness)
      }
    }
    // Work that is scheduled from here on belongs to the next turn.
    let limit = timers.nextOrder
    while let work = timers.takeDue(at: now, below: limit) { work() }
  }

  /// Milliseconds until the first timer, rounded up so that none is woken for too early.
  private var patience: Int32 {
    guard let earliest = timers.earliest else { return -1 }
    let (seconds, attoseconds) = (earliest - .now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    // A longer sleep ends early and is begun again.
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
