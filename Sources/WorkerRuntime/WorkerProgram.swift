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

  /// Confines the process and checks logins until postern-auth closes its end.
  ///
  /// - Parameter arguments: what posternd wrote, see `WorkerSettings`; without the program's name.
  /// - Returns: the exit code.
  package static func run(arguments: [String]) -> Int32 {
    do {
      try Confinement.start(closingFrom: front + 1)
      // Programs that modules start may not speak for the worker.
      try retrying("fcntl") { fcntl(front, F_SETFD, FD_CLOEXEC) }
      let settings = try WorkerSettings(arguments: arguments)
      if Confinement.isPrivileged {
        try Identity(user: settings.user, supplementary: [group]).assume()
      }
      try Confinement.lockDown(.worker(settings.rights))
      // A module's broken connection is an error that it handles; saslauthd ignores the signal, too.
      signal(SIGPIPE, SIG_IGN)
      let worker = try Worker(
        front: Descriptor(owning: front), mechanisms: settings.passwordMechanisms,
        deadline: settings.deadline)
      try worker.serve()
      return EXIT_SUCCESS
    } catch let error as UsageError {
      report(error.reason)
      return ExitStatus.usage
    } catch {
      report(error)
      return EXIT_FAILURE
    }
  }

  /// One line to standard error, which is the supervisor's.
  private static func report(_ error: Any) {
    let line = Array("postern-worker[\(getpid())]: \(error)\n".utf8)
    // There is nowhere to report that the report failed.
    _ = write(STDERR_FILENO, line, line.count)
  }
}
