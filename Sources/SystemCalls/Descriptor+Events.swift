import CLinux
import Glibc

extension Descriptor {
  /// Lets anything that happens on the socket, its other end's closing too, end the process by SIGIO.
  ///
  /// For a process that is about to be busy with something that can't be interrupted otherwise.
  package borrowing func setDeadly(_ isDeadly: Bool) throws(SystemError) {
    let number = number
    if isDeadly { try retrying("fcntl F_SETOWN") { clinux_set_owner(number) } }
    let flags = try retrying("fcntl F_GETFL") { fcntl(number, F_GETFL) }
    let wanted = isDeadly ? flags | O_ASYNC : flags & ~O_ASYNC
    try retrying("fcntl F_SETFL") { fcntl(number, F_SETFL, wanted) }
    // What happened before raises no signal by itself.
    if isDeadly, try hasHungUp() { raise(SIGIO) }
  }

  private borrowing func hasHungUp() throws(SystemError) -> Bool {
    var state = pollfd(fd: number, events: 0, revents: 0)
    try retrying("poll") { poll(&state, 1, 0) }
    return state.revents & Int16(POLLHUP) != 0
  }
}
