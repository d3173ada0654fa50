import Confinement
import EventLoop
import Glibc
import Logging
import Logs
import Preflight
import Settings
import SystemCalls

/// posternd from its start to its end.
package enum PosterndProgram {
  /// Runs the daemon.
  ///
  /// - Parameters:
  ///   - name: as it was started: `saslauthd` and `postgrey` mean their old command lines.
  ///   - arguments: without the program's name.
  /// - Returns: the exit code.
  package static func run(name: String, arguments: [String]) -> Int32 {
    let activation = SocketActivation.take()
    let old = ["saslauthd", "postgrey"].contains(name) ? [name] : []
    do {
      try Confinement.start(closingFrom: 3, keeping: activation.sockets.map(\.number))
      let source = try SettingsSource(arguments: old + arguments)
      switch source {
      case .file: return try serve(source, settings: Settings.load(source), activation: activation)
      case .saslauthd(let flags):
        return try serveAsSaslauthd(source, SaslauthdCommand(flags, program: "saslauthd"), activation)
      case .postgrey(let options):
        return try serveAsPostgrey(source, PostgreyCommand(options), activation)
      }
    } catch let error as UsageError {
      complain("posternd: \(error.reason)\nposternd --help tells more.\n")
      return ExitStatus.usage
    } catch let error as SettingsErrors {
      complain(error.errors.map { "\($0)\n" }.joined())
      return ExitStatus.configuration
    } catch {
      complain("posternd: \(error)\n")
      return EXIT_FAILURE
    }
  }

  private static func serve(
    _ source: SettingsSource, settings: Settings, activation: SocketActivation
  ) throws -> Int32 {
    let startup = Startup(
      settings: settings, activation: activation,
      lockFile: "\(settings.control.directory)/posternd.lock")
    let findings = HostCheck.findings(for: settings, from: source)
    guard !findings.contains(where: \.isError) else {
      complain(findings.map { "posternd: \($0)\n" }.joined())
      return ExitStatus.configuration
    }
    do {
      return try supervise(source, startup, warnings: findings.map(\.advice))
    } catch let failure as Startup.Failure {
      complain("posternd: \(failure.message)\n")
      return failure.exitCode
    }
  }

  private static func serveAsSaslauthd(
    _ source: SettingsSource, _ command: SaslauthdCommand, _ activation: SocketActivation
  ) throws -> Int32 {
    switch command {
    case .answer(let answer):
      complain(answer.standardError(pid: getpid()))
      return answer.exitStatus
    case .run(let invocation):
      let findings = HostCheck.findings(for: invocation.settings, from: source)
      let warnings = invocation.notices + findings.map(\.advice)
      let hasErrors = findings.contains(where: \.isError)
      if hasErrors || invocation.terminal == .leave {
        for warning in warnings { complain("saslauthd[\(getpid())] :\(warning)\n") }
      }
      guard !hasErrors else { return ExitStatus.configuration }
      let startup = Startup(
        settings: invocation.settings, activation: activation, lockFile: invocation.lockFile)
      do {
        return try superviseAsSaslauthd(source, startup, invocation, warnings: warnings)
      } catch let failure as Startup.Failure {
        for line in failure.saslauthdLines { complain("saslauthd[\(getpid())] :\(line)\n") }
        return EXIT_FAILURE
      }
    }
  }

  /// Leaves the terminal unless told to stay, and keeps a pid file while away from it.
  private static func superviseAsSaslauthd(
    _ source: SettingsSource, _ startup: Startup, _ invocation: SaslauthdInvocation, warnings: [String]
  ) throws -> Int32 {
    guard invocation.terminal == .leave else { return try supervise(source, startup, warnings: warnings) }
    let start = DetachedStart(try Detachment(), PIDFile(path: invocation.pidFile))
    defer { start.end() }
    return try supervise(source, startup, warnings: warnings, bound: start.leave, ready: start.report)
  }

  private static func serveAsPostgrey(
    _ source: SettingsSource, _ command: PostgreyCommand, _ activation: SocketActivation
  ) throws -> Int32 {
    switch command {
    case .answer(let answer):
      say(answer.standardOutput)
      complain(answer.standardError)
      return answer.exitStatus
    case .run(let invocation):
      let findings = HostCheck.findings(for: invocation.settings, from: source)
      guard !findings.contains(where: \.isError) else {
        complain(findings.map { "\($0.isError ? "ERROR" : "WARNING"): \($0.advice)\n" }.joined())
        return EXIT_FAILURE
      }
      let startup = Startup(
        settings: invocation.settings, activation: activation, lockFile: invocation.lockFile,
        lockOwner: invocation.user)
      do {
        return try superviseAsPostgrey(source, startup, invocation, warnings: findings.map(\.advice))
      } catch let failure as Startup.Failure {
        complain("ERROR: \(failure.postgreyMessage)\n")
        return failure.postgreyExitCode
      }
    }
  }

  private static func superviseAsPostgrey(
    _ source: SettingsSource, _ startup: Startup, _ invocation: PostgreyInvocation, warnings: [String]
  ) throws -> Int32 {
    guard invocation.terminal == .leave else { return try supervise(source, startup, warnings: warnings) }
    let start = DetachedStart(try Detachment(), invocation.pidFile.map(PIDFile.init))
    defer { start.end() }
    return try supervise(source, startup, warnings: warnings, bound: start.leave, ready: start.report)
  }

  /// Binds, gives up rights, and runs until told to stop.
  ///
  /// `bound` is called when nothing more is said on the terminal, `ready` when everything serves.
  private static func supervise(
    _ source: SettingsSource, _ startup: Startup, warnings: [String], bound: () throws -> Void = {},
    ready: @escaping () -> Void = {}
  ) throws -> Int32 {
    let notification = ServiceNotification()
    // From its sockets on the daemon is there for everybody: a HUP must not end it.
    try SignalWatch.hold(Supervisor.signals)
    try startup.makeDirectories()
    let lock = try startup.lock()
    let sockets = try startup.sockets()
    try bound()
    let log = SupervisorLog(logger: LogStart.logger(startup.settings.log))
    for warning in warnings { log.write(.warning(warning)) }
    try Confinement.lockDown(.supervisor)
    let loop = try EventLoop()
    let supervisor = Supervisor(
      settings: startup.settings, source: source, sockets: sockets, loop: loop,
      surroundings: Supervisor.Surroundings(
        log: log.write,
        serving: {
          notification.ready()
          ready()
        },
        notification: notification))
    try supervisor.start()
    try loop.run()
    startup.removeSockets()
    lock.release()
    return EXIT_SUCCESS
  }

  private static func complain(_ text: String) { write(text, to: STDERR_FILENO) }

  private static func say(_ text: String) { write(text, to: STDOUT_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(descriptor, bytes, bytes.count)
  }
}
