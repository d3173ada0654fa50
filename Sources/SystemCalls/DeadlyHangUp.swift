import CLinux
import Glibc

/// Lets the closing of a socket's other end end the process by SIGIO.
///
/// For a process that is about to be busy with something that can't be interrupted otherwise. A process has one
/// such socket.
package struct DeadlyHangUp: ~Copyable {
  /// The socket's status flags without the signal.
  private let flags: Int32

  /// Makes this process the one that a signal from `socket` goes to; none comes before `arm`.
  package init(of socket: borrowing Descriptor) throws(SystemError) {
    let number = socket.number
    try retrying("fcntl F_SETOWN") { clinux_die_with(number) }
    flags = try retrying("fcntl F_GETFL") { fcntl(number, F_GETFL) } & ~O_ASYNC
  }

  /// From here on a hang-up ends the process, and so does one that has already come.
  package borrowing func arm(_ socket: borrowing Descriptor) throws(SystemError) {
    try setFlags(flags | O_ASYNC, of: socket)
    // What happened before raises no signal by itself.
    if try hasHungUp(socket) { raise(SIGIO) }
  }

  /// A hang-up is no danger any more.
  package borrowing func disarm(_ socket: borrowing Descriptor) throws(SystemError) {
    try setFlags(flags, of: socket)
  }

  private func setFlags(_ flags: Int32, of socket: borrowing Descriptor) throws(SystemError) {
    let number = socket.number
    try retrying("fcntl F_SETFL") { fcntl(number, F_SETFL, flags) }
  }

  private func hasHungUp(_ socket: borrowing Descriptor) throws(SystemError) -> Bool {
    var state = pollfd(fd: socket.number, events: 0, revents: 0)
    try retrying("poll") { poll(&state, 1, 0) }
    return state.revents & Int16(POLLHUP) != 0
  }
}
