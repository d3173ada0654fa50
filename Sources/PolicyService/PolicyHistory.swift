import Control
import Glibc
import Policy
import ServiceRuntime

/// The decisions of late, and how the operator is told about them.
struct PolicyHistory {
  /// Some six thousand decisions.
  private static let capacity = 8 << 20
  /// What a step of a trace takes, with the value that was looked at, about, bytes.
  private static let step = 96
  /// What a decision takes beside the request's bytes and its steps, about.
  private static let decision = 640

  private var decisions = DecisionHistory<PolicyOutcome>(capacity: capacity)

  mutating func note(_ outcome: PolicyOutcome) {
    decisions.note(
      outcome, time: Int64(time(nil)),
      size: outcome.request.length + outcome.decision.trace.count * Self.step + Self.decision)
  }

  /// The lines for a question.
  func answer(_ filter: DecisionRequest.Filter) -> String {
    decisions.answer(filter, now: Int64(time(nil)), where: { $0.matches(filter) }) { outcome in
      [outcome.controlLine] + (filter.id == nil ? [] : outcome.decision.trace.map { $0.controlLine() })
    }
  }
}

extension PolicyOutcome {
  fileprivate func matches(_ filter: DecisionRequest.Filter) -> Bool {
    func agree(_ wanted: [UInt8]?, _ attribute: PolicyAttribute) -> Bool {
      guard let wanted else { return true }
      return request[attribute]?.elementsEqual(wanted) ?? wanted.isEmpty
    }
    return agree(filter.login, .saslUsername) && agree(filter.client, .clientAddress)
      && agree(filter.sender, .sender) && agree(filter.recipient, .recipient)
      && filter.id.map { $0.elementsEqual(String(id, radix: 16).utf8) } ?? true
  }

  /// `decision action:… id:… list:… restriction:… code=… dsn:… client:… sender:… recipient:… login:… text:…`.
  var controlLine: ControlLine {
    var line = ControlLine("decision")
    line.add("action", Array(decision.action.word.utf8))
    line.add("id", Array(String(id, radix: 16).utf8))
    line.add("list", Array(list.utf8))
    if let decisive = decision.decisive { line.add("restriction", Array("\(decisive)".utf8)) }
    if let refusal = decision.verdict.refusal {
      line.add("code", Int64(refusal.code.value))
      line.add("dsn", Array("\(refusal.status)".utf8))
      line.add("text", refusal.text.bytes)
    }
    let attributes: [(String, PolicyAttribute)] = [
      ("client", .clientAddress), ("name", .clientName), ("helo", .heloName), ("sender", .sender),
      ("recipient", .recipient), ("login", .saslUsername), ("queue", .queueID),
    ]
    for (name, attribute) in attributes { line.add(name, Array(request[attribute] ?? [])) }
    line.add("us", elapsed.microseconds)
    return line
  }
}

extension TraceStep {
  /// `step text:… [us=…]`: how long it waited for what it rests on, microseconds; one that had all at hand takes no
  /// time.
  func controlLine(waited: Duration? = nil) -> ControlLine {
    var line = ControlLine("step")
    line.add("text", Array(description.utf8))
    if let waited { line.add("us", waited.microseconds) }
    return line
  }
}

extension Duration {
  fileprivate var microseconds: Int64 {
    components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
  }
}
