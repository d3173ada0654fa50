import Confinement
import Credentials
import Glibc
import Mechanisms
import Settings
import SystemCalls

/// The whole life of a postern-worker.
package enum WorkerProgram {
  /// The number of the socket to postern-auth.
  private static let front: Int32 = 3
  /// May read `/etc/shadow`; pam_unix needs no more than that.
  private static let group = "shadow"

  /// sysexits(3)'s EX_CONFIG.
  private static let badConfiguration: Int32 = 78

  /// Confines the process, checks logins until postern-auth closes its end, and exits.
  ///
  /// - Parameter arguments: the command line without the program's name, as posternd got it.
  package static func run(arguments: [String]) -> Never {
    do {
      try Confinement.start(closingFrom: front + 1)
      // Before ids change, since the file may be root's own.
      let settings = try Settings.load(SettingsSource(arguments: arguments))
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
    } catch let error as SettingsErrors {
      error.errors.forEach(report)
      exit(badConfiguration)
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
