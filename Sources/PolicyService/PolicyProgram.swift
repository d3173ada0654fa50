import Confinement
import EventLoop
import Glibc
import Logging
import Logs
import Policy
import PolicySetup
import Settings
import Storage
import SystemCalls

/// postern-policy from its start to its end.
package enum PolicyProgram {
  /// The control socket that posternd passes.
  static let controlSocket: Int32 = 3

  /// Runs the service; descriptor 3 is the control socket to posternd.
  ///
  /// - Parameter arguments: `[-c FILE]` or `postgrey OPTIONS…`, without the program's name.
  /// - Returns: the exit code.
  package static func run(arguments: [String]) -> Int32 {
    do {
      try Confinement.start(closingFrom: controlSocket + 1)
      let source = try SettingsSource(arguments: arguments)
      let settings = try Settings.load(source)
      let identity =
        Confinement.isPrivileged
        ? try Identity(user: settings.run.front, group: settings.run.frontGroup) : nil
      raiseDescriptorLimit()
      try identity?.assume()
      let logger = LogStart.logger(settings.log)
      let loop = try EventLoop()
      try loop.watchSignals([SIGTERM, SIGINT, SIGHUP, SIGPIPE]) { _ in }
      let log = PolicyLog(logger: logger, wording: settings.log.wording, user: settings.run.front)
      takeOver(settings, log)
      let setup = PolicySetup(settings, source: source)
      guard setup.faults.isEmpty else { throw SettingsErrors(setup.faults) }
      for trouble in setup.troubles { log.write(.tableMissing(trouble)) }
      try Confinement.lockDown(.policy(asksDNS: setup.policy.asksDNS))
      let process = try PolicyProcess(
        source: source, settings: settings, setup: setup, loop: loop, log: log,
        control: Descriptor(owning: controlSocket))
      try process.run()
      return EXIT_SUCCESS
    } catch {
      return complain(error)
    }
  }

  /// Makes postgrey's database ours at the first start in its place, by Berkeley DB's programs: none can be started
  /// later.
  private static func takeOver(_ settings: Settings, _ log: PolicyLog) {
    guard let directory = settings.store.formerPostgrey else { return }
    let expiry = GreylistExpiry(now: WallTime.now.seconds, rules: settings.greylist.rules)
    do throws(PostgreyImportError) {
      if case .tookOver(let report) = try TakeOver.run(directory: directory, expiry: expiry) {
        log.write(.tookOver(report))
      }
    } catch {
      log.write(.takeOverFailed(error))
    }
  }

  private static func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(max(limit.rlim_cur, rlim_t(2 * PolicyService.mostConnections)), limit.rlim_max)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  private static func complain(_ error: any Error) -> Int32 {
    let text = Array("postern-policy: \(error)\n".utf8)
    _ = write(STDERR_FILENO, text, text.count)
    return error is SettingsErrors ? ExitStatus.configuration : EXIT_FAILURE
  }
}
