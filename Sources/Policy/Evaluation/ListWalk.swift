import MailTypes

/// A walk through a list for one request: where it is, and what it has gathered so far.
struct ListWalk {
  let policy: MailPolicy
  let facts: Facts
  let view: RequestView
  private var trace: [TraceStep] = []
  private var effects: [PolicyAction] = []
  private var discardText: ReplyText?
  private var deferIfPermit: Refusal?
  private var deferIfReject: Refusal?
  private var decisive: Restriction?
  private var isWarning = false
  private var depth = 0

  /// Postfix's own bound: a table's results can lead to themselves.
  static let deepest = 100

  init(policy: MailPolicy, request: PolicyRequest, facts: Facts) {
    self.policy = policy
    self.facts = facts
    view = RequestView(request: request)
  }

  /// What a restriction comes to.
  enum Result: Equatable {
    case dunno
    case permit(Decision.Permission)
    case refuse(Refusal)
    case discard
    case wait(Lookup)
  }

  mutating func run(_ list: RestrictionList) -> Evaluation {
    let result = walk(list.steps.lazy.map(\.restriction))
    if case .wait(let lookup) = result { return .waiting(for: [lookup]) }
    let verdict = verdict(result)
    return .decided(
      Decision(
        verdict: verdict, action: action(verdict), decisive: result == .dunno ? nil : decisive, trace: trace))
  }

  private mutating func walk(_ restrictions: some Sequence<Restriction>) -> Result {
    guard depth < Self.deepest else { return .refuse(Self.serverError) }
    depth += 1
    defer { depth -= 1 }
    for restriction in restrictions {
      let result = take(restriction)
      if result != .dunno { return result }
      // Whatever comes later, it can't be anything but a deferral.
      if deferIfPermit != nil, deferIfReject != nil { return .dunno }
    }
    return .dunno
  }

  private mutating func take(_ restriction: Restriction) -> Result {
    switch restriction {
    case .warnIfReject(let softened):
      let before = isWarning
      isWarning = true
      defer { isWarning = before }
      return take(softened)
    case .list(let name):
      guard let list = policy.lists.named[name] else { return fail(restriction, Self.serverError) }
      note(restriction, .enters)
      return walk(list.steps.lazy.map(\.restriction))
    case .checkAccess(let subject, let table): return check(restriction, subject, table)
    case .checkGreylist: return greylist(restriction)
    case .foreign: return fail(restriction, Self.serverError)
    default:
      let (finding, evidence) = policy.judge(restriction, view, facts.tables)
      return settle(restriction, finding, evidence)
    }
  }

  // MARK: Findings

  private mutating func settle(
    _ restriction: Restriction, _ finding: Finding, _ evidence: TraceStep.Evidence
  ) -> Result {
    switch finding {
    case .dunno:
      note(restriction, .dunno, evidence)
      return .dunno
    case .permit(let permission): return permit(restriction, permission, evidence)
    case .refuse(let refusal): return refuse(restriction, refusal, evidence)
    case .fail(let refusal): return fail(restriction, refusal, evidence)
    case .deferIfPermit(let refusal):
      // A warning leaves nothing behind.
      if isWarning { return refuse(restriction, refusal, evidence) }
      if deferIfPermit == nil { deferIfPermit = refusal }
      note(restriction, .defersIfPermit(refusal), evidence)
      return .dunno
    case .deferIfReject(let refusal):
      if deferIfReject == nil { deferIfReject = refusal }
      note(restriction, .defersIfReject(refusal), evidence)
      return .dunno
    }
  }

  private mutating func permit(
    _ restriction: Restriction, _ permission: Decision.Permission, _ evidence: TraceStep.Evidence
  ) -> Result {
    note(restriction, .permits, evidence)
    decisive = restriction
    return .permit(permission)
  }

  private mutating func refuse(
    _ restriction: Restriction, _ refusal: Refusal, _ evidence: TraceStep.Evidence
  ) -> Result {
    if isWarning {
      note(restriction, .wouldRefuse(refusal), evidence)
      return .dunno
    }
    return fail(restriction, refusal.isPermanent ? deferIfReject ?? refusal : refusal, evidence)
  }

  /// Trouble of ours is never softened into a warning.
  private mutating func fail(
    _ restriction: Restriction, _ refusal: Refusal, _ evidence: TraceStep.Evidence = .none
  ) -> Result {
    note(restriction, .refuses(refusal), evidence)
    decisive = restriction
    return .refuse(refusal)
  }

  // MARK: Tables

  private mutating func check(
    _ restriction: Restriction, _ subject: AccessSubject, _ table: TableName
  ) -> Result {
    guard let search = policy.search(subject, table, view, facts.tables) else {
      note(restriction, .dunno)
      return .dunno
    }
    switch search {
    case .missing:
      note(restriction, .dunno)
      return .dunno
    case .failed: return refuse(restriction, Self.serverError, .failure(table))
    case .found(let value, let key):
      let evidence = TraceStep.Evidence.row(table, key: key, value: value)
      guard let action = try? AccessAction(value, lists: policy.listNames) else {
        return fail(restriction, Self.serverError, evidence)
      }
      return limit(apply(action, restriction, evidence), of: restriction, subject, evidence)
    }
  }

  /// What a table may not permit: a client by a name that it gave itself, and a recipient beyond which it goes on.
  private mutating func limit(
    _ result: Result, of restriction: Restriction, _ subject: AccessSubject, _ evidence: TraceStep.Evidence
  ) -> Result {
    guard case .permit = result else { return result }
    switch subject {
    case .reverseClient: return fail(restriction, Self.serverError, evidence)
    case .recipient where policy.isRouted(view.recipient):
      note(restriction, .dunno, evidence)
      return .dunno
    default: return result
    }
  }

  private mutating func apply(
    _ action: AccessAction, _ restriction: Restriction, _ evidence: TraceStep.Evidence
  ) -> Result {
    switch action {
    case .restrictions(let restrictions):
      note(restriction, .enters, evidence)
      return walk(restrictions)
    case .effect(let effect):
      effects.append(effect)
      note(restriction, .effect(effect), evidence)
      return .dunno
    case .discard(let text):
      discardText = text
      decisive = restriction
      note(restriction, .discards, evidence)
      return .discard
    default: return settle(restriction, policy.finding(action), evidence)
    }
  }

  private mutating func greylist(_ restriction: Restriction) -> Result {
    guard let answer = facts.greylist else {
      if case .waits = facts.patience { return .wait(.greylist) }
      note(restriction, .unknown)
      return .dunno
    }
    // Greylisting never opens anything.
    let action = AccessAction(answer)
    return apply(action == .permit ? .dunno : action, restriction, .none)
  }

  private mutating func note(
    _ restriction: Restriction, _ outcome: TraceStep.Outcome, _ evidence: TraceStep.Evidence = .none
  ) {
    trace.append(TraceStep(depth: depth, restriction: restriction, outcome: outcome, evidence: evidence))
  }

  // MARK: The end

  private func verdict(_ result: Result) -> Decision.Verdict {
    switch result {
    case .refuse(let refusal): .refused(refusal)
    case .discard: .discarded
    case .permit(let permission):
      if let deferIfPermit { .deferredIfPermit(deferIfPermit) } else { .permitted(by: permission) }
    case .dunno, .wait: if let deferIfPermit { .deferredIfPermit(deferIfPermit) } else { .undecided }
    }
  }

  /// One action goes over the wire.
  ///
  /// What holds mail back goes before what lets it through.
  private func action(_ verdict: Decision.Verdict) -> PolicyAction {
    switch verdict {
    case .refused(let refusal): return refusal.action
    case .deferredIfPermit(let refusal): return .deferIfPermit(refusal.statusAndText)
    case .discarded: return .discard(discardText)
    case .permitted(by: .relaying): return strongestEffect ?? .ok
    case .permitted(by: .thisList): return strongestEffect ?? .dunno
    case .undecided:
      return strongestEffect ?? deferIfReject.map { .deferIfReject($0.statusAndText) } ?? .dunno
    }
  }

  /// The first of those that change the most.
  private var strongestEffect: PolicyAction? {
    effects.min { $0.rank < $1.rank }
  }

  static let serverError = Refusal(literal: 451, EnhancedStatus(4, 3, 5), "Server configuration error")
  static let lookupFailure = Refusal(literal: 451, EnhancedStatus(4, 3, 0), "Temporary lookup failure")
}

extension PolicyAction {
  /// Which effect goes over the wire when there are several: the lowest.
  fileprivate var rank: Int {
    switch self {
    case .hold: 0
    case .redirect: 1
    case .filter: 2
    case .bcc: 3
    case .prepend: 4
    case .warn: 5
    default: 6
    }
  }
}
