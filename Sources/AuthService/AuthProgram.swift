import Authentication
import CLinux
import Confinement
import Control
import Credentials
import EventLoop
import Glibc
import Logging
import Logs
import Settings
import SystemCalls

/// postern-auth from its start to its end.
package enum AuthProgram {
  /// The control socket that posternd passes.
  static let controlSocket: Int32 = 3

  /// Runs the service; descriptor 3 is the control socket to posternd.
  ///
  /// - Parameter arguments: `[-c FILE]` or `saslauthd FLAGS…`, without the program's name.
  /// - Returns: the exit code.
  package static func run(arguments: [String]) -> Int32 {
    do {
      try Confinement.start(closingFrom: controlSocket + 1)
      let source = try SettingsSource(arguments: arguments)
      let settings = try Settings.load(source)
      let identity = Confinement.isPrivileged ? try Identity(user: settings.run.front) : nil
      let connectionLimit = raiseDescriptorLimit()
      let memory = try LockedMemory(waiting: AuthProcess.queueLimit + AuthSettings.mostWorkers)
      try identity?.assume()
      let logger = LogStart.logger(settings.log)
      let loop = try EventLoop()
      try loop.watchSignals([SIGTERM, SIGINT, SIGHUP, SIGPIPE]) { _ in }
      try Confinement.lockDown(.front)
      let process = try AuthProcess(
        source: source, settings: settings, connectionLimit: connectionLimit, loop: loop, memory: memory,
        logger: logger, control: Descriptor(owning: controlSocket))
      try process.run()
      return EXIT_SUCCESS
    } catch {
      return complain(error)
    }
  }

  /// As many connections as the system allows, less what the process itself needs.
  private static func raiseDescriptorLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 200 }
    let wanted = rlim_t(AuthProcess.mostConnections + AuthProcess.reservedDescriptors)
    limit.rlim_cur = min(max(limit.rlim_cur, wanted), limit.rlim_max)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return max(8, min(Int(limit.rlim_cur) - AuthProcess.reservedDescriptors, AuthProcess.mostConnections))
  }

  private static func complain(_ error: any Error) -> Int32 {
    let text = Array("postern-auth: \(error)\n".utf8)
    _ = write(STDERR_FILENO, text, text.count)
    return error is SettingsErrors ? ExitStatus.configuration : EXIT_FAILURE
  }
}
