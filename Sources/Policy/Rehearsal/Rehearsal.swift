import MailTypes

/// Plays an SMTP dialogue against restriction lists: Postfix's part around the service's own evaluator.
///
/// What Postfix refuses by itself isn't played, but for wrong addresses: unknown recipients, rates, sizes, and the
/// restrictions that stay in main.cf.
package struct Rehearsal {
  /// The lists and what they rest on, from here on.
  var rehearsed: RehearsedPolicy
  let resolver: LiveResolver?
  private var greylist: Greylist
  private var store: MemoryTripletStore
  private var instances = RecentInstances()
  /// Unix seconds; the script's own time.
  private var now: Int64 = 1_800_000_000
  var session: SMTPSession?
  private var messages = 0
  private var lastReply: SMTPReply?
  /// What the lists said at the step that is played.
  var answers: [ListAnswer] = []

  /// A store for a script's strangers.
  private static let capacity = 10_000

  /// What a step comes to.
  package enum Event: Equatable, Sendable {
    /// Nothing that anybody is told.
    case silent
    /// The client's reply, and what the lists said.
    case reply(SMTPReply, [ListAnswer])
    /// An expectation that wasn't met; nil when there was no reply.
    case missed(Expectation, got: SMTPReply?)
  }

  /// Begins with nobody connected and nothing known to the greylist.
  ///
  /// - Parameters:
  ///   - rehearsed: the lists and what they rest on.
  ///   - greylist: decides where a list comes to `check_greylist`.
  ///   - resolver: asked where a script says `dns live`; without it no server can be reached.
  package init(_ rehearsed: RehearsedPolicy, greylist: Greylist, resolver: LiveResolver? = nil) {
    self.resolver = resolver
    self.rehearsed = rehearsed
    self.greylist = greylist
    store = MemoryTripletStore(capacity: Self.capacity, delay: greylist.rules.delay)
  }

  /// Plays one step.
  package mutating func play(_ command: ScriptStep.Command) -> Event {
    switch command {
    case .policy(let policy):
      rehearsed = policy
      return .silent
    case .wait(let seconds):
      now += seconds
      return .silent
    case .expect(let expectation):
      return expectation.isMet(by: lastReply) ? .silent : .missed(expectation, got: lastReply)
    default: break
    }
    answers = []
    lastReply = say(command)
    return lastReply.map { .reply($0, answers) } ?? .silent
  }

  /// A number for the next message.
  mutating func nextMessage() -> Int {
    messages += 1
    return messages
  }

  /// Has a list decide, with what it needs of the DNS and greylisting's answer when it comes to that.
  mutating func decide(_ request: PolicyRequest, by list: RestrictionList) -> Decision {
    var facts = Facts(tables: rehearsed.tables)
    while true {
      switch rehearsed.policy.evaluate(request, by: list, facts) {
      case .decided(let decision): return decision
      case .waiting(let lookups):
        // All that may be needed at once, as the service asks.
        answer(rehearsed.policy.lookups(for: request, by: list, facts), &facts)
        if lookups.contains(.greylist) { facts.take(greylisted(request)) }
      }
    }
  }

  /// What greylisting says, which it remembers.
  private mutating func greylisted(_ request: PolicyRequest) -> GreylistOpinion {
    switch greylist.open(request) {
    case .decided(let decision): return decision.opinion
    case .needs(let keys, let attempt):
      let decision = greylist.decide(
        attempt, store.records(for: keys), now: WallTime(seconds: now), instances: &instances)
      store.apply([decision.writes])
      return decision.opinion
    }
  }
}
