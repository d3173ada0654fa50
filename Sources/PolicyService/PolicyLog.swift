import Logging
import Logs
import Policy
import Storage
import SystemCalls

/// How the policy service's notices look in the log.
struct PolicyLog {
  let logger: Logger

  func write(_ notice: PolicyNotice) {
    switch notice {
    case .greylist(let line): logger.log(Self.level(line.level), Self.line(line))
    case .whitelistFault(let fault): logger.log(.warning, LogLine("\(fault)"))
    case .whitelistUnreadable(let path, let reason):
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
    case .malformed(.unknownRequest(let kind)):
      var line = LogLine("unrecognized request type")
      line.add(.request, bytes: kind)
      logger.log(.warning, line)
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
  private static func level(_ level: GreylistLogLine.Level) -> Logger.Level {
    switch level {
    case .complaint, .event: .warning
    case .action: .notice
    }
  }

  private static func line(_ line: GreylistLogLine) -> LogLine {
    LogLine(String(decoding: line.text, as: UTF8.self))
  }
}
