import Glibc
package import Logging
package import Settings

/// How a program begins to log.
package enum LogStart {
  /// A logger that writes where `settings` say; to standard error when that is a terminal.
  ///
  /// - Parameters:
  ///   - settings: `[log]`.
  ///   - sockets: where the logs of this host listen.
  ///   - standardError: the descriptor that stays when nothing else can be reached.
  /// - Returns: the logger for all of the program.
  package static func logger(
    _ settings: LogSettings, sockets: LogSockets = LogSockets(), standardError: Int32 = STDERR_FILENO
  ) -> Logger {
    // Read the zone while its file can still be opened.
    tzset()
    let target = isatty(standardError) == 1 ? .stderr : settings.target
    let handler = LineLogHandler(
      outlet: LogOutlet(target, sockets: sockets, standardError: standardError), wording: settings.wording,
      format: settings.format, facility: settings.facility, logLevel: Logger.Level(settings.level))
    return Logger(label: "postern") { _ in handler }
  }
}

extension Logger.Level {
  fileprivate init(_ level: LogSettings.Level) {
    switch level {
    case .debug: self = .debug
    case .info: self = .info
    case .notice: self = .notice
    case .warning: self = .warning
    case .error: self = .error
    }
  }
}
