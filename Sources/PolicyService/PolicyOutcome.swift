import Logs
import Policy

/// The outcome of one request, for the log and the history: one object, which is handed to both.
final class PolicyOutcome: Sendable {
  let id: UInt64
  /// The listener's name.
  let list: String
  let decision: Decision
  let request: PolicyRequest
  /// From the request to the decision.
  let elapsed: Duration

  init(id: UInt64, list: String, decision: Decision, request: PolicyRequest, elapsed: Duration) {
    self.id = id
    self.list = list
    self.decision = decision
    self.request = request
    self.elapsed = elapsed
  }

  /// `policy action=… `, all that an administrator asks for when somebody complains.
  var line: LogLine {
    var line = LogLine("policy")
    line.add(.action, decision.action.word)
    line.add(.id, String(id, radix: 16))
    line.add(.list, list)
    if let decisive = decision.decisive { line.add(.restriction, "\(decisive)") }
    let refusal = decision.verdict.refusal
    if let refusal {
      line.add(.code, refusal.code.value)
      line.add(.dsn, "\(refusal.status)")
    }
    add(.queue, .queueID, to: &line)
    line.add(
      .client, bytes: value(.clientAddress) + [UInt8(ascii: "[")] + value(.clientName) + [UInt8(ascii: "]")])
    add(.helo, .heloName, to: &line)
    add(.sender, .sender, to: &line)
    add(.recipient, .recipient, to: &line)
    add(.login, .saslUsername, to: &line)
    let (seconds, attoseconds) = elapsed.components
    line.add(.ms, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    if let refusal { line.add(.text, bytes: refusal.text.bytes) }
    return line
  }

  private func add(_ key: LogKey, _ attribute: PolicyAttribute, to line: inout LogLine) {
    line.add(key, bytes: value(attribute))
  }

  private func value(_ attribute: PolicyAttribute) -> [UInt8] { Array(request[attribute] ?? []) }
}

extension PolicyAction {
  /// The word after `action=`.
  var word: String {
    switch self {
    case .dunno: "dunno"
    case .ok: "permit"
    case .reject: "reject"
    case .defer, .deferIfPermit, .deferIfReject: "defer"
    case .status(let code, _): code.value < 500 ? "defer" : "reject"
    case .prepend: "prepend"
    case .hold: "hold"
    case .discard: "discard"
    case .info: "info"
    case .warn: "warn"
    case .filter: "filter"
    case .redirect: "redirect"
    case .bcc: "bcc"
    }
  }
}

extension Decision.Verdict {
  var refusal: Refusal? {
    switch self {
    case .refused(let refusal), .deferredIfPermit(let refusal): refusal
    case .permitted, .discarded, .undecided: nil
    }
  }
}
