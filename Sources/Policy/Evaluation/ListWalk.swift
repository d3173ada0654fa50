/// What a walk through a list has gathered so far.
///
/// The policy itself isn't part of it: that would copy a reference to each of its lists for every request.
struct ListWalk {
  let view: RequestView
  let facts: Facts
  private(set) var trace: [TraceStep] = []
  var effects: [PolicyAction] = []
  var discardText: ReplyText?
  var deferIfPermit: Refusal?
  var deferIfReject: Refusal?
  private(set) var decisive: Restriction?
  var isWarning = false
  var depth = 0

  /// Postfix's own bound: a table's results can lead to themselves.
  static let deepest = 100

  init(_ request: PolicyRequest, _ facts: Facts) {
    view = RequestView(request: request)
    self.facts = facts
    trace.reserveCapacity(8)
  }

  /// What a restriction comes to.
  enum Result: Equatable {
    case dunno
    case permit(Decision.Permission)
    case refuse(Refusal)
    case discard
    case wait(Lookup)

    /// Without a look at what the others carry.
    var goesOn: Bool { if case .dunno = self { true } else { false } }
  }

  /// Nothing but a deferral can come of it any more.
  var isDeferred: Bool { deferIfPermit != nil && deferIfReject != nil }

  mutating func note(
    _ restriction: Restriction, _ outcome: TraceStep.Outcome, _ evidence: TraceStep.Evidence = .none
  ) {
    trace.append(TraceStep(depth: depth, restriction: restriction, outcome: outcome, evidence: evidence))
  }

  // MARK: Findings

  mutating func settle(
    _ restriction: Restriction, _ finding: Finding, _ evidence: TraceStep.Evidence
  ) -> Result {
    switch finding {
    case .dunno: return pass(restriction, evidence)
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

  mutating func pass(_ restriction: Restriction, _ evidence: TraceStep.Evidence = .none) -> Result {
    note(restriction, .dunno, evidence)
    return .dunno
  }

  private mutating func permit(
    _ restriction: Restriction, _ permission: Decision.Permission, _ evidence: TraceStep.Evidence
  ) -> Result {
    note(restriction, .permits, evidence)
    decisive = restriction
    return .permit(permission)
  }

  mutating func refuse(
    _ restriction: Restriction, _ refusal: Refusal, _ evidence: TraceStep.Evidence
  ) -> Result {
    if isWarning {
      note(restriction, .wouldRefuse(refusal), evidence)
      return .dunno
    }
    return fail(restriction, refusal.isPermanent ? deferIfReject ?? refusal : refusal, evidence)
  }

  /// Trouble of ours is never softened into a warning.
  mutating func fail(
    _ restriction: Restriction, _ refusal: Refusal, _ evidence: TraceStep.Evidence = .none
  ) -> Result {
    note(restriction, .refuses(refusal), evidence)
    decisive = restriction
    return .refuse(refusal)
  }

  mutating func discard(
    _ restriction: Restriction, _ text: ReplyText?, _ evidence: TraceStep.Evidence
  ) -> Result {
    note(restriction, .discards, evidence)
    decisive = restriction
    discardText = text
    return .discard
  }

  static let serverError = Refusal(literal: 451, EnhancedStatus(4, 3, 5), "Server configuration error")
  static let lookupFailure = Refusal(literal: 451, EnhancedStatus(4, 3, 0), "Temporary lookup failure")
}
