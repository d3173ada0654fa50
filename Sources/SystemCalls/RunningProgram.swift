import CLinux
import Glibc

/// A process of somebody else's whose end can be waited for; its number isn't taken for a later process's.
package struct RunningProgram: ~Copyable {
  private let descriptor: Descriptor

  /// Nil when there is no process with this number.
  package init?(pid: Int32) {
    let number = clinux_open_process(pid)
    guard number >= 0 else { return nil }
    descriptor = Descriptor(owning: number)
  }

  /// Waits for the end of the process.
  ///
  /// - Parameter limit: how long at most.
  /// - Returns: whether it has ended.
  /// - Throws: what poll says.
  package borrowing func ends(within limit: Duration) throws(SystemError) -> Bool {
    let number = descriptor.number
    let end = ContinuousClock.now + limit
    while true {
      let left = max(.zero, end - .now).components
      let milliseconds = Int32(left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000)
      var state = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      let count = poll(&state, 1, milliseconds)
      if count >= 0 { return count > 0 }
      if errno != EINTR { throw SystemError("poll") }
    }
  }
}
