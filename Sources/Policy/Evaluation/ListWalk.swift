import MailTypes

/// What a walk through a list has gathered so far.
///
/// The policy itself isn't part of it: that would copy a reference to each of its lists for every request.
struct ListWalk {
  let view: RequestView
  let facts: Facts
  let purpose: Purpose
  private let recall: (DNSQuestion) -> DNSAnswer?
  private(set) var trace: [TraceStep] = []
  var effects: [PolicyAction] = []
  var discardText: ReplyText?
  var deferIfPermit: Refusal?
  var deferIfReject: Refusal?
  private(set) var decisive: Restriction?
  /// The first that defers, if the rest permits and if it rejects.
  private(set) var deferring: (ifPermit: Restriction?, ifReject: Restriction?)
  var isWarning = false
  var depth = 0
  /// Weighted lists that may speak for the client.
  private(set) var favours: [WeightedList] = []
  /// The questions that the restriction that stopped the walk lacks answers to; of a walk that foresees, all of them.
  private(set) var questions: Set<DNSQuestion> = []
  /// Of a walk that explains: what each step of the trace has looked at in the DNS.
  private(set) var grounds: [Set<DNSQuestion>] = []
  /// What was looked at since the last step.
  private var looked: Set<DNSQuestion> = []
  /// Whether the walk has stopped for greylisting's answer.
  private(set) var awaitsGreylist = false
  /// The client's address as lists in the DNS have it; nil when it isn't known.
  private(set) lazy var reversedClient: DomainName? = view.clientAddress.map { DomainName(reversed: $0) }

  /// Postfix's own bound: a table's results can lead to themselves.
  static let deepest = 100

  /// What a walk is for.
  enum Purpose {
    /// To decide: it stops at what can't be known yet.
    case decides
    /// To find out what will have to be asked: it goes on as if what isn't known were no opinion.
    case foresees
    /// To find out what a decision rests on: it decides as before, and keeps what each step has looked at.
    case explains
  }

  init(
    _ request: PolicyRequest, _ facts: Facts, _ purpose: Purpose = .decides,
    recall: @escaping (DNSQuestion) -> DNSAnswer? = { _ in nil }
  ) {
    view = RequestView(request: request)
    self.recall = recall
    self.facts = facts
    self.purpose = purpose
    switch purpose {
    case .decides, .explains: trace.reserveCapacity(8)
    case .foresees: questions.reserveCapacity(16)
    }
  }

  /// What a restriction comes to.
  enum Result: Equatable {
    case dunno
    case permit(Decision.Permission)
    case refuse(Refusal)
    case discard
    /// For what the walk has noted as awaited.
    case wait

    /// Without a look at what the others carry.
    var goesOn: Bool { if case .dunno = self { true } else { false } }
  }

  /// Nothing but a deferral can come of it any more.
  var isDeferred: Bool { deferIfPermit != nil && deferIfReject != nil }

  mutating func note(
    _ restriction: Restriction, _ outcome: TraceStep.Outcome, _ evidence: TraceStep.Evidence = .none
  ) {
    if purpose == .foresees { return }
    trace.append(TraceStep(depth: depth, restriction: restriction, outcome: outcome, evidence: evidence))
    guard purpose == .explains else { return }
    grounds.append(looked)
    looked = []
  }

  // MARK: Facts

  /// What the DNS says to a question; nil when that has to be waited for.
  mutating func answer(to question: DNSQuestion) -> DNSAnswer? {
    if purpose == .explains { looked.insert(question) }
    if let answer = facts.dns[question] { return answer }
    if let answer = recall(question) { return answer }
    questions.insert(question)
    return nil
  }

  /// Stops for what isn't known, or goes on where the walk only foresees.
  mutating func wait(forGreylist: Bool = false) -> Result {
    if purpose == .foresees { return .dunno }
    awaitsGreylist = forGreylist
    return .wait
  }

  /// What has to be known before the walk can go on.
  var awaited: Set<Lookup> {
    var lookups = Set(questions.map { Lookup.dns($0) })
    if awaitsGreylist { lookups.insert(.greylist) }
    return lookups
  }

  mutating func noteFavour(of list: WeightedList) { favours.append(list) }

  // MARK: Findings

  mutating func settle(
    _ restriction: Restriction, _ finding: Finding, _ evidence: TraceStep.Evidence
  ) -> Result {
    // A restriction may have looked for more than it needed in the end.
    if !questions.isEmpty, purpose != .foresees, finding != .unanswered { questions = [] }
    switch finding {
    case .unanswered: return wait()
    case .dunno: return pass(restriction, evidence)
    case .permit(let permission): return permit(restriction, permission, evidence)
    case .refuse(let refusal): return refuse(restriction, refusal, evidence)
    case .fail(let refusal): return fail(restriction, refusal, evidence)
    case .deferIfPermit(let refusal):
      // A warning leaves nothing behind.
      if isWarning { return refuse(restriction, refusal, evidence) }
      if deferIfPermit == nil { (deferIfPermit, deferring.ifPermit) = (refusal, restriction) }
      note(restriction, .defersIfPermit(refusal), evidence)
      return .dunno
    case .deferIfReject(let refusal):
      if deferIfReject == nil { (deferIfReject, deferring.ifReject) = (refusal, restriction) }
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
