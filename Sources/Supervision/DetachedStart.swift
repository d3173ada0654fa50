import SystemCalls

/// The steps by which a daemon leaves the terminal, and its pid file while it is away.
final class DetachedStart {
  private var detachment: Detachment?
  private let pidFile: PIDFile?

  init(_ detachment: consuming Detachment, _ pidFile: PIDFile?) {
    self.detachment = consume detachment
    self.pidFile = pidFile
  }

  /// Gives up standard input, output and error before anything is started that would inherit them: whoever
  /// reads the command's output waits for their end.
  func leave() throws(SystemError) {
    try pidFile?.write()
    try Detachment.silence()
  }

  /// Lets the command that the user started end with 0.
  func report() { detachment.take()?.serving() }

  func end() { pidFile?.remove() }
}
