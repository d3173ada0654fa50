import DNS
import EventLoop
import MailTypes
import Policy

/// One request on its way to a decision: has all asked that its list may need, and decides as soon as what is known
/// is enough.
final class Deliberation {
  /// Who finds things out.
  struct Sources {
    let resolver: (any Resolver)?
    let zones: ZoneWatch?
    let loop: EventLoop
    /// All lookups in the DNS together may take so long.
    let budget: Duration
    /// Says what greylisting does with the request; nil when its store can't be asked.
    let greylist: (PolicyRequest, @escaping (GreylistOpinion?) -> Void) -> Void
  }

  /// What comes of it.
  enum Outcome {
    case decided(Decision)
    /// The greylist could not be asked, and the listener wants no answer then.
    case withoutStore
  }

  /// How long the reason of a verdict that is certain is waited for.
  ///
  /// The same server has just said that the client is listed, so that its next answer is a round trip away; what takes
  /// longer is lost or slow, and a reply without a reason refuses as well.
  static let grace = Duration.milliseconds(500)

  private let request: PolicyRequest
  private let list: RestrictionList
  private let policy: MailPolicy
  private let sources: Sources
  private let needsStore: Bool
  private var facts: Facts
  private var done: ((Outcome) -> Void)?
  /// What the resolver didn't know at once.
  private var asked: Set<DNSQuestion> = []
  private var hasForeseen = false
  private var hasAskedGreylist = false
  /// What the walk stopped for.
  private var awaited: Set<Lookup> = []
  /// Whether questions are being asked: what is known at once is looked at when all of them are.
  private var isAsking = false
  /// Whether the walk goes on in this turn of the loop, when all answers that have come by then are known.
  private var isToAdvance = false
  private var deadline: TimerToken?
  /// Ends the wait for reasons alone.
  private var graceEnd: TimerToken?
  /// Whether the budget is spent: what is missing counts as unanswered.
  private var isOverdue = false
  /// How long the greylist has taken; nil when it wasn't asked.
  private(set) var greylistWait: Duration?
  private let began = ContinuousClock.now
  /// How long after the beginning each answer came that the resolver didn't know at once, or was given up.
  private var answered: [DNSQuestion: Duration] = [:]

  /// Prepares it.
  ///
  /// - Parameters:
  ///   - request: what Postfix asks.
  ///   - list: one of the policy's.
  ///   - policy: decides.
  ///   - facts: what is known before anybody is asked.
  ///   - needsStore: whether no answer is better than one without the greylist.
  ///   - sources: find out what isn't known.
  init(
    _ request: PolicyRequest, by list: RestrictionList, of policy: MailPolicy, _ facts: Facts,
    needsStore: Bool, sources: Sources
  ) {
    self.request = request
    self.list = list
    self.policy = policy
    self.sources = sources
    self.needsStore = needsStore
    self.facts = facts
  }

  /// Decides now or later.
  ///
  /// - Parameters:
  ///   - awaited: what the list waits for first, where that has been found out with what was known.
  ///   - done: called once.
  func begin(awaiting awaited: Set<Lookup>? = nil, _ done: @escaping (Outcome) -> Void) {
    self.done = done
    if let awaited, !find(out: awaited) { return wait() }
    advance()
  }

  /// Walks on as far as what is known goes.
  private func advance() {
    if let token = graceEnd.take() { sources.loop.cancel(token) }
    while done != nil {
      switch evaluate() {
      case .decided(let decision): return end(.decided(decision))
      case .waiting(let lookups): if !find(out: lookups) { return wait() }
      }
    }
  }

  /// Has asked what the walk has stopped for.
  ///
  /// - Returns: whether it can go on at once.
  private func find(out lookups: Set<Lookup>) -> Bool {
    awaited = lookups
    let known = facts.dns.count
    // What comes of an answer, such as the addresses of a server, is asked for with all that comes later.
    if !hasForeseen || !lookups.allSatisfy(isAsked) { foresee() }
    isAsking = true
    if lookups.contains(.greylist) { askGreylist() }
    isAsking = false
    // What the cache knows is there at once, and may make more to ask.
    return facts.dns.count > known || lookups.contains(where: isKnown)
  }

  private func wait() {
    keepTime()
    keepGrace()
  }

  /// Most clients are decided without the DNS or by what the cache knows, where the first walk looks by itself; when it
  /// stops, all is asked for properly.
  private func evaluate() -> Evaluation { policy.evaluate(request, by: list, facts, recall: recall) }

  private var recall: (DNSQuestion) -> DNSAnswer? {
    guard !hasForeseen, let resolver = sources.resolver else { return { _ in nil } }
    return { resolver.recall($0) }
  }

  /// Asks all that the list may need, as far as can be said.
  private func foresee() {
    hasForeseen = true
    isAsking = true
    let questions = policy.lookups(for: request, by: list, facts)
    facts.dns.reserveCapacity(facts.dns.count + questions.count)
    for question in questions { ask(question) }
    isAsking = false
  }

  private func isAsked(_ lookup: Lookup) -> Bool {
    switch lookup {
    case .greylist: true
    case .dns(let question): asked.contains(question)
    }
  }

  private func isKnown(_ lookup: Lookup) -> Bool {
    switch lookup {
    case .greylist: facts.greylist != nil
    case .dns(let question): facts.dns[question] != nil
    }
  }

  // MARK: The DNS

  private func ask(_ question: DNSQuestion) {
    if asked.contains(question) { return }
    guard !isOverdue, let resolver = sources.resolver else {
      facts.dns[question] = .failed(.timeout)
      return
    }
    let known = facts.dns.count
    // Held by its deadline while it waits; an answer that comes after the end holds nothing of the request.
    resolver.resolve(question) { [weak self, zones = sources.zones] answer in
      zones?.note(question, answer)
      self?.take(answer, to: question)
    }
    if facts.dns.count == known { asked.insert(question) }
  }

  private func take(_ answer: DNSAnswer, to question: DNSQuestion) {
    guard done != nil, !isOverdue else { return }
    if !isAsking { answered[question] = .now - began }
    facts.dns[question] = answer
    guard !isAsking, !isToAdvance, awaited.contains(.dns(question)) else { return }
    isToAdvance = true
    // Answers come in swarms, and most of them leave the walk waiting for the next one.
    sources.loop.schedule(after: .zero) { [self] in
      isToAdvance = false
      advance()
    }
  }

  private func keepTime() {
    guard done != nil, deadline == nil, sources.resolver != nil else { return }
    deadline = sources.loop.schedule(after: sources.budget) { [self] in
      isOverdue = true
      giveUp(asked)
      advance()
    }
  }

  /// When nothing but wording is waited for, that isn't for long.
  private func keepGrace() {
    guard done != nil, awaited.allSatisfy(\.isWording) else { return }
    graceEnd = sources.loop.schedule(after: Self.grace) { [self] in
      graceEnd = nil
      giveUp(asked.filter { awaited.contains(.dns($0)) })
      advance()
    }
  }

  private func giveUp(_ questions: Set<DNSQuestion>) {
    let waited = ContinuousClock.now - began
    for question in questions where facts.dns[question] == nil {
      facts.dns[question] = .failed(.timeout)
      answered[question] = waited
    }
  }

  /// For each step of the decision's trace, how long after the beginning the last answer of the DNS came that it rests
  /// on; nil for one that rests on none, or on what was known at once.
  var waits: [Duration?] {
    policy.questions(behind: request, by: list, facts, recall: recall).map { questions in
      questions.compactMap { answered[$0] }.max()
    }
  }

  // MARK: The greylist

  private func askGreylist() {
    if hasAskedGreylist { return }
    hasAskedGreylist = true
    let asked = ContinuousClock.now
    sources.greylist(request) { [self] opinion in
      greylistWait = .now - asked
      if opinion == nil, needsStore { return end(.withoutStore) }
      facts.take(opinion ?? GreylistOpinion(.dunno))
      if !isAsking { advance() }
    }
  }

  private func end(_ outcome: Outcome) {
    guard let done = done.take() else { return }
    if let deadline { sources.loop.cancel(deadline) }
    done(outcome)
  }
}

extension Lookup {
  /// What a list says of why it lists somebody goes into the reply, and changes no verdict.
  fileprivate var isWording: Bool {
    switch self {
    case .greylist: false
    case .dns(let question): question.type == .txt
    }
  }
}
