import Authentication
import Control
import Credentials
import Glibc
import ServiceRuntime

/// The logins of late, and how the operator is told about them.
final class LoginHistory {
  /// Some ten thousand logins.
  private static let capacity = 4 << 20

  private var logins = DecisionHistory<LoginOutcome>(capacity: capacity)

  func note(_ outcome: LoginOutcome) {
    let names = [outcome.login, outcome.service, outcome.realm, outcome.remote]
    logins.note(outcome, time: Int64(time(nil)), size: names.reduce(256) { $0 + $1.bytes.count })
  }

  /// The lines for a question; a sender or recipient is nothing that a login has.
  func answer(_ filter: DecisionRequest.Filter) -> String {
    guard filter.sender == nil, filter.recipient == nil else { return "" }
    return logins.answer(filter, now: Int64(time(nil)), where: { $0.matches(filter) }) { [$0.controlLine] }
  }
}

extension LoginOutcome {
  fileprivate func matches(_ filter: DecisionRequest.Filter) -> Bool {
    (filter.login.map { $0 == login.bytes } ?? true)
      && (filter.client.map { $0 == remote.bytes } ?? true)
      && (filter.id.map { $0.elementsEqual(request.description.utf8) } ?? true)
  }

  /// `login result:… id:… login:… service:… realm:… mechanism:… reason:… remote:… cached=… ms=…`.
  fileprivate var controlLine: ControlLine {
    var line = ControlLine("login")
    line.add("result", Array(verdict.result.utf8))
    line.add("id", Array(request.description.utf8))
    line.add("login", login.bytes)
    line.add("service", service.bytes)
    line.add("realm", realm.bytes)
    if let mechanism { line.add("mechanism", Array(mechanism.rawValue.utf8)) }
    if let reason = verdict.reason { line.add("reason", Array(reason.utf8)) }
    line.add("remote", remote.bytes)
    line.add("cached", isRemembered ? 1 : 0)
    line.add("ms", Int64(elapsed.milliseconds))
    return line
  }
}
