import Control
import DNS
import EventLoop
import MailTypes
import Policy
import PolicySetup
import Settings

/// Decides requests by restriction lists: evaluates as far as what is known goes, and has the rest found out.
final class PolicyJudge {
  private let loop: EventLoop
  private let greylister: Greylister
  /// Nil where no list asks the DNS.
  private let lookups: Lookups?
  /// What the resolver knows without a question.
  private let recall: (DNSQuestion) -> DNSAnswer?
  private let log: (PolicyNotice) -> Void
  private var setup: PolicySetup
  private var history = PolicyHistory()
  /// What the log has been told of tables already.
  private var told: [TableReader.Trouble]
  /// Decisions since the start, by the word of their action.
  private(set) var counts: [String: UInt64] = [:]
  private var nextID = UInt64.random(in: 0x1000...0xF_FFFF) << 12

  /// Prepares the judge.
  ///
  /// - Parameters:
  ///   - setup: the lists, and what they consult.
  ///   - greylister: asked when a list comes to `check_greylist`.
  ///   - lookups: asks the DNS; nil where no list does.
  ///   - loop: tells the time.
  ///   - log: gets every decision.
  init(
    _ setup: PolicySetup, greylister: Greylister, lookups: Lookups?, loop: EventLoop,
    log: @escaping (PolicyNotice) -> Void
  ) {
    self.setup = setup
    told = setup.troubles
    self.greylister = greylister
    self.lookups = lookups
    recall = lookups.map { lookups in { lookups.resolver.recall($0) } } ?? { _ in nil }
    self.loop = loop
    self.log = log
  }

  /// Decides one request, as far as what is known goes.
  func judge(_ request: PolicyRequest, by lists: PolicyListener.Lists) -> Judgement {
    let began = ContinuousClock.now
    nextID += 1
    switch setup.policy.evaluate(request, by: lists.list, facts, recall: recall) {
    case .decided(let decision): return .now(finish(nextID, decision, request, lists.list, began))
    case .waiting(let awaited):
      return .later(OpenCase(id: nextID, request: request, lists: lists, began: began, awaited: awaited))
    }
  }

  /// Has the rest found out; `reply` is called now or then, with nil when the listener wants no answer where something
  /// couldn't be found out.
  func settle(_ open: OpenCase, _ reply: @escaping (PolicyAction?) -> Void) {
    let list = open.lists.list
    deliberation(on: open.request, by: list, needsStore: open.lists.onFailure == .close) {
      [greylister] in greylister.answer($0, $1)
    }.begin(awaiting: open.awaited) { [unowned self] outcome in
      switch outcome {
      case .decided(let decision): reply(finish(open.id, decision, open.request, list, open.began))
      case .withoutStore: reply(nil)
      }
    }
  }

  /// What is known before anybody is asked.
  private var facts: Facts { Facts(tables: setup.tables, zonesAside: lookups?.zones.aside ?? [:]) }

  private func deliberation(
    on request: PolicyRequest, by list: RestrictionList, needsStore: Bool,
    greylist: @escaping (PolicyRequest, @escaping (GreylistOpinion?) -> Void) -> Void
  ) -> Deliberation {
    Deliberation(
      request, by: list, of: setup.policy, facts, needsStore: needsStore,
      sources: Deliberation.Sources(
        resolver: lookups?.resolver, zones: lookups?.zones, loop: loop,
        budget: lookups?.budget ?? .zero, greylist: greylist))
  }

  /// Reads the tables again; those that can't be used stay as they were, which is said once.
  func readTables() {
    let troubles = setup.readTextTables()
    for trouble in troubles where !told.contains(trouble) { log(.tableKept(trouble)) }
    told = troubles
    lookups?.zones.adopt(setup.policy.zones(with: setup.tables))
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
    let deliberation = deliberation(on: request, by: list, needsStore: false) { [greylister] in
      greylister.foresee($0, $1)
    }
    deliberation.begin { outcome in
      guard case .decided(let decision) = outcome else { return }
      reply(Self.explanation(decision, request, list, began, deliberation))
    }
  }

  /// Steps show how long the answers took that they rest on: the greylist's, where it was asked, and the DNS's.
  private static func explanation(
    _ decision: Decision, _ request: PolicyRequest, _ list: RestrictionList,
    _ began: ContinuousClock.Instant, _ deliberation: Deliberation
  ) -> String {
    var answer = OperatorAnswer()
    for (step, lookedUp) in zip(decision.trace, deliberation.waits) {
      let greylisted = step.restriction == .checkGreylist ? deliberation.greylistWait : nil
      answer.add(step.controlLine(waited: greylisted ?? lookedUp))
    }
    answer.add(
      PolicyOutcome(
        id: 0, list: list.name.text, decision: decision, request: request,
        elapsed: ContinuousClock.now - began
      ).controlLine)
    return answer.text
  }

  /// - Returns: what Postfix is told.
  private func finish(
    _ id: UInt64, _ decision: Decision, _ request: PolicyRequest, _ list: RestrictionList,
    _ began: ContinuousClock.Instant
  ) -> PolicyAction {
    let outcome = PolicyOutcome(
      id: id, list: list.name.text, decision: decision, request: request,
      elapsed: ContinuousClock.now - began)
    history.note(outcome)
    counts[decision.action.word, default: 0] += 1
    if decision.letsOut(request) { greylister.note(outgoing: request) }
    log(.decided(outcome))
    return decision.action
  }
}
