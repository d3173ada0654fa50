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

  /// Lets the user's command end with 0.
  consuming func serving() {
    var status: UInt8 = 0
    // Without the byte the user's command would end with 1 though we serve: it has gone by itself then.
    _ = write(report.number, &status, 1)
  }

  /// Points standard input, output and error at /dev/null.
  static func silence() throws(SystemError) { try retrying("dup2") { clinux_silence() } }
}
