import Authentication
import Credentials
import Logging
import Logs
import SaslauthdProtocol
import Settings
import SystemCalls

/// How logins look in the log: our `auth result=…`, in the old command line after saslauthd's words.
struct LoginLog {
  let logger: Logger
  let wording: LogSettings.Wording

  func write(_ notice: LoginNotice) {
    switch notice {
    case .outcome(let outcome): write(outcome)
    case .malformed(let request, let fault):
      logger.log(.info, malformed(request, fault))
    case .peerRefused(let peer):
      var line = LogLine("connection refused: not in allow_users")
      line.add(.pid, peer.pid)
      line.add(.uid, peer.uid)
      logger.log(.warning, line)
    case .sourcesChanged(let remembered):
      guard remembered > 0 else { return }
      var line = LogLine("accounts or PAM files have changed: cached logins are forgotten")
      line.add(.count, remembered)
      logger.log(.debug, line)
    case .sourcesUnwatched(let error):
      var line = LogLine("changes of accounts can't be seen: no login is cached")
      line.add(.error, error.description)
      logger.log(.warning, line)
    case .troubled(let error):
      var line = LogLine("no connections are taken for the moment")
      line.add(.error, error.description)
      logger.log(.error, line)
    case .workerMisspoke(let worker, let error):
      var line = LogLine("a worker said what isn't in the protocol and is ended")
      line.add(.worker, worker.description)
      line.add(.error, "\(error)")
      logger.log(.error, line)
    }
  }

  /// Successes are for those who asked for them (`-V`) in the old command line, as there.
  private func write(_ outcome: LoginOutcome) {
    switch (wording, outcome.verdict) {
    case (.saslauthd, .accepted) where outcome.isRemembered:
      logger.log(.debug, saslauthdLine(outcome, "auth success (cached):"))
    case (.saslauthd, .accepted): logger.log(.debug, saslauthdLine(outcome, "auth success:"))
    case (.saslauthd, _): logger.log(.info, saslauthdLine(outcome, "auth failure:"))
    case (_, .unavailable): logger.log(.warning, line(outcome))
    default: logger.log(.info, line(outcome))
    }
  }

  private func line(_ outcome: LoginOutcome) -> LogLine {
    var line = LogLine("auth")
    line.add(.result, outcome.verdict.result)
    line.add(.id, outcome.request.description)
    line.add(.login, bytes: outcome.login.bytes)
    line.add(.service, bytes: outcome.service.bytes)
    line.add(.realm, bytes: outcome.realm.bytes)
    if let mechanism = outcome.mechanism { line.add(.mechanism, mechanism.rawValue) }
    if let reason = outcome.verdict.reason { line.add(.reason, reason) }
    if !outcome.remote.isEmpty { line.add(.remote, bytes: outcome.remote.bytes) }
    if outcome.verdict == .accepted { line.add(.cached, outcome.isRemembered ? "yes" : "no") }
    line.add(.ms, outcome.elapsed.milliseconds)
    return line
  }

  /// saslauthd's own line, and what we know beyond it.
  private func saslauthdLine(_ outcome: LoginOutcome, _ words: String) -> LogLine {
    var line = LogLine(saslauthd: words, function: "do_auth")
    line.bracket(.user, bytes: outcome.login.bytes)
    line.bracket(.service, bytes: outcome.service.bytes)
    line.bracket(.realm, bytes: outcome.realm.bytes)
    // There a login that the cache knows has no mechanism.
    if !outcome.isRemembered { line.bracket(.mech, outcome.mechanism?.rawValue ?? "none") }
    if let words = outcome.saslauthdReason { line.bracket(.reason, words) }
    line.add(.result, outcome.verdict.result)
    line.add(.id, outcome.request.description)
    if let reason = outcome.verdict.reason { line.add(.reason, reason) }
    if !outcome.remote.isEmpty { line.add(.remote, bytes: outcome.remote.bytes) }
    line.add(.ms, outcome.elapsed.milliseconds)
    return line
  }

  private func malformed(_ request: RequestID, _ fault: LoginRequest.Fault) -> LogLine {
    var line: LogLine
    switch fault {
    case .tooLong(let field, let count):
      // saslauthd's words; the limit of the password is ours.
      let limit = field == .password ? LoginRequest.longestPassword : CountedString.longest
      line = LogLine("\(field.rawValue) exceeded MAX_REQ_LEN: \(limit)")
      line.add(.count, count)
    case .containsNUL(let field):
      line = LogLine("\(field.rawValue) contains a NUL byte: connection closed")
    }
    line.add(.id, request.description)
    return line
  }
}

extension AuthVerdict {
  /// The word after `result=`.
  var result: String {
    switch self {
    case .accepted: "accepted"
    case .refused: "refused"
    case .unavailable: "unavailable"
    }
  }

  /// The word after `reason=`.
  var reason: String? {
    switch self {
    case .accepted: nil
    case .refused(let refusal): refusal.reason
    case .unavailable(let outage): outage.reason
    }
  }
}

extension LoginOutcome {
  /// The reason in saslauthd's own words, which filters match.
  var saslauthdReason: String? {
    switch verdict {
    case .accepted: nil
    case .unavailable: "internal mechanism failure"
    case .refused(let refusal):
      switch (refusal, mechanism) {
      case (.emptyLogin, _): "NULL login received"
      case (.emptyPassword, _): "NULL password received"
      case (.accountExpired, .pam), (.accountDenied, .pam), (.passwordExpired, .pam): "PAM acct error"
      case (.serviceWithoutFile, .pam): "PAM start error"
      case (_, .pam): "PAM auth error"
      case (.unknownUser, _): "Invalid username"
      case (.accountExpired, _): "Account expired"
      case (.passwordExpired, _): "Password expired"
      case (.serviceNotAllowed, _): "service not allowed"
      default: "Incorrect password"
      }
    }
  }
}
