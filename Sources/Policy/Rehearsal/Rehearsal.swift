import MailTypes

/// Plays an SMTP dialogue against restriction lists: Postfix's part around the service's own evaluator.
///
/// What Postfix refuses by itself isn't played, but for wrong addresses: unknown recipients, rates, sizes, and the
/// restrictions that stay in main.cf.
package struct Rehearsal {
  /// The lists and what they rest on, from here on.
  var rehearsed: RehearsedPolicy
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
  package init(_ rehearsed: RehearsedPolicy, greylist: Greylist) {
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

  /// Has a list decide, with greylisting's answer when it comes to that.
  mutating func decide(_ request: PolicyRequest, by list: RestrictionList) -> Decision {
    var facts = Facts(tables: rehearsed.tables)
    switch rehearsed.policy.evaluate(request, by: list, facts) {
    case .decided(let decision): return decision
    case .waiting:
      facts.greylist = greylisted(request)
      facts.patience = .isOver
      guard case .decided(let decision) = rehearsed.policy.evaluate(request, by: list, facts) else {
        preconditionFailure("nothing is waited for any more")
      }
      return decision
    }
  }

  /// What greylisting says, which it remembers.
  private mutating func greylisted(_ request: PolicyRequest) -> PolicyAction {
    switch greylist.open(request) {
    case .decided(let decision): return decision.action
    case .needs(let keys, let attempt):
      let decision = greylist.decide(
        attempt, store.records(for: keys), now: WallTime(seconds: now), instances: &instances)
      store.apply([decision.writes])
      return decision.action
    }
  }
}
