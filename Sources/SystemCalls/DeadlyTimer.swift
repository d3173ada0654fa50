import CLinux

/// Ends the process by SIGKILL when it isn't stopped in time.
///
/// A library that hangs can't be cut short any other way, and nobody outside has to notice. A process has
/// one such timer.
package struct DeadlyTimer: ~Copyable {
  /// Makes the timer, stopped.
  package init() throws(SystemError) {
    try retrying("timer_create") { clinux_make_deadly_timer() }
  }

  /// The process has `duration` from now on, on the monotonic clock.
  package borrowing func start(_ duration: Duration) throws(SystemError) {
    try set(duration)
  }

  /// The danger is over.
  package borrowing func stop() throws(SystemError) {
    try set(.zero)
  }

  private func set(_ duration: Duration) throws(SystemError) {
    let (seconds, attoseconds) = duration.components
    let nanoseconds = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    try retrying("timer_settime") { clinux_set_deadly_timer(nanoseconds) }
  }
}
