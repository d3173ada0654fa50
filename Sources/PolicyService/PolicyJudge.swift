import Control
import EventLoop
import Policy
import PolicySetup
import Settings

/// Decides requests by restriction lists: evaluates as far as what is known goes, and has the rest found out.
final class PolicyJudge {
  private let loop: EventLoop
  private let greylister: Greylister
  private let log: (PolicyNotice) -> Void
  private var setup: PolicySetup
  private var history = PolicyHistory()
  /// What the log has been told of tables already.
  private var told: [TableReader.Trouble]
  private var nextID = UInt64.random(in: 0x1000...0xF_FFFF) << 12

  /// Prepares the judge.
  ///
  /// - Parameters:
  ///   - setup: the lists, and what they consult.
  ///   - greylister: asked when a list comes to `check_greylist`.
  ///   - loop: tells the time.
  ///   - log: gets every decision.
  init(
    _ setup: PolicySetup, greylister: Greylister, loop: EventLoop, log: @escaping (PolicyNotice) -> Void
  ) {
    self.setup = setup
    told = setup.troubles
    self.greylister = greylister
    self.loop = loop
    self.log = log
  }

  /// Decides one request; `reply` is called now or when what the list waits for is known, with nil when the
  /// listener wants no answer where something couldn't be found out.
  func judge(
    _ request: PolicyRequest, by listener: PolicyListener.Lists, _ reply: @escaping (PolicyAction?) -> Void
  ) {
    let list = listener.list
    let began = ContinuousClock.now
    nextID += 1
    let id = nextID
    var facts = Facts(tables: setup.tables)
    switch setup.policy.evaluate(request, by: list, facts) {
    case .decided(let decision): finish(id, decision, request, list, began, reply)
    case .waiting:
      greylister.answer(request) { [unowned self] action in
        guard action != nil || listener.onFailure == .dunno else { return reply(nil) }
        facts.greylist = action ?? .dunno
        facts.patience = .isOver
        guard case .decided(let decision) = setup.policy.evaluate(request, by: list, facts) else {
          preconditionFailure("nothing is waited for any more")
        }
        finish(id, decision, request, list, began, reply)
      }
    }
  }

  /// Reads the tables again; those that can't be used stay as they were, which is said once.
  func readTables() {
    let troubles = setup.readTextTables()
    for trouble in troubles where !told.contains(trouble) { log(.tableKept(trouble)) }
    told = troubles
  }

  /// The lines for a question about what was decided.
  func answer(_ filter: DecisionRequest.Filter) -> String { history.answer(filter) }

  /// Decides without changing anything, and tells every step.
  func explain(_ dialogue: DecisionRequest.Dialogue, _ reply: @escaping (String) -> Void) {
    guard let list = setup.policy.lists.policies[ListName(dialogue.list)] else {
      return reply("error=there is no list \(dialogue.list)")
    }
    guard let request = PolicyRequest(dialogue) else {
      return reply("error=an argument has a line's end in it")
    }
    let began = ContinuousClock.now
    var facts = Facts(tables: setup.tables)
    switch setup.policy.evaluate(request, by: list, facts) {
    case .decided(let decision): reply(Self.explanation(decision, request, list, began, waited: nil))
    case .waiting:
      let asked = ContinuousClock.now
      greylister.foresee(request) { [unowned self] action in
        let waited = ContinuousClock.now - asked
        facts.greylist = action ?? .dunno
        facts.patience = .isOver
        guard case .decided(let decision) = setup.policy.evaluate(request, by: list, facts) else {
          preconditionFailure("nothing is waited for any more")
        }
        reply(Self.explanation(decision, request, list, began, waited: waited))
      }
    }
  }

  /// The greylist's step shows how long its answer took, where it was asked.
  private static func explanation(
    _ decision: Decision, _ request: PolicyRequest, _ list: RestrictionList,
    _ began: ContinuousClock.Instant, waited: Duration?
  ) -> String {
    var answer = OperatorAnswer()
    for step in decision.trace {
      answer.add(step.controlLine(waited: step.restriction == .checkGreylist ? waited : nil))
    }
    answer.add(
      PolicyOutcome(
        id: 0, list: list.name.text, decision: decision, request: request,
        elapsed: ContinuousClock.now - began
      ).controlLine)
    return answer.text
  }

  private func finish(
    _ id: UInt64, _ decision: Decision, _ request: PolicyRequest, _ list: RestrictionList,
    _ began: ContinuousClock.Instant, _ reply: (PolicyAction?) -> Void
  ) {
    let outcome = PolicyOutcome(
      id: id, list: list.name.text, decision: decision, request: request,
      elapsed: ContinuousClock.now - began)
    history.note(outcome)
    if decision.letsOut(request) { greylister.note(outgoing: request) }
    log(.decided(outcome))
    reply(decision.action)
  }
}
