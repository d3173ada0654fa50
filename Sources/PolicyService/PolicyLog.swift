import Logging
import Logs
import Policy
import PolicySetup
import Settings
import Storage
import SystemCalls

/// How the policy service's notices look in the log.
struct PolicyLog {
  let logger: Logger
  let wording: LogSettings.Wording
  /// Whom the service runs as.
  let user: String

  func write(_ notice: PolicyNotice) {
    switch notice {
    case .decided(let outcome): logger.log(.info, outcome.line)
    case .tableKept(let trouble):
      logger.log(.error, line("a table is not read again, the old one stays", trouble))
    case .tableMissing(let trouble): logger.log(.error, line("a table can't be used", trouble))
    case .tablesUnwatched(let error):
      var line = LogLine("changes of tables can't be seen: a reload takes them")
      line.add(.error, error.description)
      logger.log(.warning, line)
    case .renewing: logger.log(.notice, LogLine("beginning anew with what has changed"))
    case .greylist(let line): logger.log(level(of: line), Self.line(line))
    case .whitelist(.fault(let fault)): logger.log(.warning, LogLine(postgrey: "\(fault)", isWarning: true))
    case .whitelist(.unreadable(let path, let reason)):
      var line = LogLine("can't read a whitelist")
      line.add(.path, path)
      line.add(.error, reason)
      logger.log(.warning, line)
    case .whitelistsKept:
      logger.log(.warning, LogLine("the whitelists are not read again, the old ones stay"))
    case .whitelistsUnwatched(let error):
      var line = LogLine("changes of the whitelists can't be seen: a reload takes them")
      line.add(.error, error.description)
      logger.log(.warning, line)
    case .malformed(.tooLong):
      logger.log(.warning, LogLine("a request is longer than \(PolicyRequestDecoder.longest) bytes"))
    // postgrey's level 0, which is worse than what it calls a warning.
    case .malformed(.unknownRequest(let kind)): logger.log(.error, Self.line(.unrecognized(kind[...])))
    case .tooMany(let uid):
      var line = LogLine("a user has too many connections")
      line.add(.uid, uid)
      logger.log(.warning, line)
    case .troubled(let error):
      var line = LogLine("no connections are taken for the moment")
      line.add(.error, error.description)
      logger.log(.error, line)
    case .storeFailed(let error, let skipped):
      var line = LogLine("the greylist's store fails: requests pass")
      line.add(.error, error.reason)
      line.add(.count, skipped)
      logger.log(.error, line)
    case .zoneSetAside(let zone, let trouble):
      var line = LogLine("a DNS list is set aside")
      line.add(.zone, zone)
      line.add(.error, "\(trouble)")
      logger.log(.warning, line)
    case .zoneTakenBack(let zone):
      var line = LogLine("a DNS list is asked again")
      line.add(.zone, zone)
      logger.log(.notice, line)
    case .nameServersSilent:
      logger.log(
        .warning,
        LogLine("no name server answers, and no DNS list has an opinion: see whether the resolver runs"))
    case .nameServersAnswer: logger.log(.notice, LogLine("name servers answer again"))
    case .tookOver(let report):
      var line = LogLine("postgrey's database is taken over")
      line.add(.triplets, report.triplets.taken)
      line.add(.clients, report.clients.taken)
      line.add(.expired, report.triplets.expired + report.clients.expired)
      line.add(.malformed, report.triplets.malformed + report.clients.malformed)
      if let trouble = report.logTrouble { line.add(.error, "\(trouble)") }
      logger.log(.notice, line)
    case .takeOverFailed(let error):
      var line = LogLine("postgrey's database can't be taken over: everybody is greylisted anew")
      line.add(.error, "\(error)")
      logger.log(.error, line)
    case .orderFailed(let error):
      var line = LogLine("an order can't be carried out")
      line.add(.error, error.description)
      logger.log(.error, line)
    case .reloadFailed(let reason):
      var line = LogLine("the new configuration can't be taken")
      line.add(.error, reason)
      logger.log(.error, line)
    }
  }

  /// postgrey's own levels: with `--quiet` only what is odd is shown.
  ///
  /// Where lists decide, their line says it all.
  private func level(of line: GreylistLogLine) -> Logger.Level {
    switch line.level {
    case .complaint, .event: .warning
    case .action: wording == .postgrey ? .notice : .debug
    }
  }

  private func line(_ words: String, _ trouble: TableReader.Trouble) -> LogLine {
    var line = LogLine(words)
    line.add(.error, "\(trouble)")
    if let mend = trouble.mend(user: user) { line.add(.mend, mend) }
    return line
  }

  private static func line(_ line: GreylistLogLine) -> LogLine {
    LogLine(postgrey: String(decoding: line.text, as: UTF8.self), isWarning: line.level == .complaint)
  }
}
