import Confinement
import Credentials
import Glibc
import Mechanisms
package import Settings
import SystemCalls

/// The whole life of a postern-worker.
package enum WorkerProgram {
  /// The number of the socket to postern-auth.
  private static let front: Int32 = 3
  /// May read `/etc/shadow`; pam_unix needs no more than that.
  private static let group = "shadow"

  /// Confines the process, checks logins until postern-auth closes its end, and exits.
  ///
  /// - Parameter settings: read after the crash reporter is off and before ids change, since the file may be
  ///   root's own.
  package static func run(settings: () throws -> Settings) -> Never {
    do {
      try Confinement.start(closingFrom: front + 1)
      let settings = try settings()
      if Confinement.isPrivileged {
        try Identity(user: settings.run.local, supplementary: [group]).assume()
      }
      try Confinement.lockDown(.worker)
      // A module's broken connection is an error that it handles; saslauthd ignores the signal, too.
      signal(SIGPIPE, SIG_IGN)
      let worker = try Worker(
        front: Descriptor(owning: front), mechanisms: settings.auth.passwordMechanisms,
        deadline: settings.auth.deadline)
      try worker.serve()
    } catch {
      report(error)
      exit(EXIT_FAILURE)
    }
    exit(EXIT_SUCCESS)
  }

  /// One line to standard error, which is the supervisor's.
  private static func report(_ error: any Error) {
    let line = "postern-worker[\(getpid())]: \(error)\n"
    // There is nowhere to report that the report failed.
    _ = line.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
  }
}
