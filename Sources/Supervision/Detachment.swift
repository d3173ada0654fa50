import CLinux
import Glibc
import SystemCalls

/// Leaving the terminal, as saslauthd does without `-d`: the command returns when the daemon serves.
struct Detachment: ~Copyable {
  private let report: Descriptor

  /// Goes on in a child; the process that the user started waits for `serving`, or ends with 1 when the
  /// child ends before that.
  init() throws(SystemError) {
    var number: Int32 = -1
    try retrying("fork") { clinux_detach(&number) }
    report = Descriptor(owning: number)
  }

  /// Lets the user's command end with 0, and gives up the terminal.
  consuming func serving() throws(SystemError) {
    report.write("\u{0}")
    try retrying("dup2") { clinux_silence() }
  }
}
