import EventLoop
import Policy
import PolicySetup
import Settings
import Storage
import SystemCalls

/// The greylist with its store and the clock: requests in, an answer each.
///
/// What is known is answered at once, from what was asked for lately. "Come back later" is answered when its triplet
/// is committed. A store that can't do its work greylists nobody.
final class Greylister {
  /// A step of expiry, records.
  private static let expiryStep = 500
  /// Between two steps, and between two rounds; a round brings the log to the disk, too.
  private static let stepInterval = Duration.milliseconds(100)
  private static let roundInterval = Duration.seconds(60)

  let loop: EventLoop
  private let log: (PolicyNotice) -> Void
  let desk: StoreDesk
  var greylist: Greylist
  var clock = WallClock()
  private var instances = RecentInstances()
  let recent: RecentRecords
  var trouble = StoreTrouble()
  /// Decisions since the start.
  private(set) var reasons: [GreylistReason: Int64] = [:]
  private var isEmptyingPlanned = false
  /// Whether the store has said whose mail is awaited: until then nobody is taken for a stranger.
  private var knowsAwaited = false
  /// Who asks from then on isn't answered: he asks again, and the process that comes next knows.
  private var isClosed = false
  /// As the store said last.
  private var known = TripletStoreCount(triplets: 0, clients: 0)

  /// Reads the whitelists and opens the store.
  ///
  /// - Parameters:
  ///   - settings: what to go by.
  ///   - path: the store's file.
  ///   - loop: calls everything.
  ///   - log: gets what is noteworthy.
  /// - Throws: what keeps the store's thread from starting.
  init(
    _ settings: GreylistSettings, store path: String, loop: EventLoop,
    log: @escaping (PolicyNotice) -> Void
  ) throws(SystemError) {
    self.loop = loop
    self.log = log
    let whitelists = WhitelistReading(settings)
    for trouble in whitelists.troubles { log(.whitelist(trouble)) }
    greylist = Greylist(
      rules: settings.rules, clients: whitelists.clients, recipients: whitelists.recipients)
    recent = RecentRecords(delay: settings.delay)
    desk = try StoreDesk(path: path, delay: settings.delay, loop: loop)
    // Answered before any question that comes after it.
    desk.ask(.awaited) { [unowned self] outcome in
      knowsAwaited = true
      note(outcome)
      if case .awaited(let senders?) = outcome { greylist.awaited = senders }
    }
    expire()
  }

  /// Goes by other settings, and by the whitelists as they are now; what the store knows stays.
  func adopt(_ settings: GreylistSettings) {
    greylist.rules = settings.rules
    adoptWhitelists(settings)
    emptyRecent()
    recent.delay = settings.delay
  }

  /// Takes the whitelists as they are now, unless something in them can't be: then the old ones stay.
  func adoptWhitelists(_ settings: GreylistSettings) {
    let whitelists = WhitelistReading(settings)
    for trouble in whitelists.troubles { log(.whitelist(trouble)) }
    guard whitelists.troubles.isEmpty else { return log(.whitelistsKept) }
    greylist.clients = whitelists.clients
    greylist.recipients = whitelists.recipients
  }

  /// Decides one request, as far as what was asked for lately goes.
  func reply(to request: PolicyRequest) -> GreylistReply {
    if isClosed { return .never }
    switch greylist.open(request) {
    case .decided(let decision): return .now(tell(decision))
    case .needs(let keys, let attempt):
      guard let records = recent.records(for: keys) else { return .later(.records(attempt, keys)) }
      return decide(attempt, records)
    }
  }

  /// Has the store do what it takes; `reply` is called with nil when it can't.
  func settle(_ question: StoreQuestion, _ reply: @escaping (GreylistOpinion?) -> Void) {
    switch question {
    case .commit(let decision):
      desk.ask(.apply([decision.writes])) { [unowned self] outcome in
        guard case .applied = outcome else { return pass(because: outcome, reply) }
        reply(tell(decision))
      }
      keepRecentSmall()
    case .records(let attempt, let keys):
      let (job, decision) = job(about: attempt, keys)
      desk.ask(job) { [unowned self] outcome in
        if case .applied = outcome, let decision { return reply(tell(noted: decision)) }
        guard case .found(let records) = outcome else { return pass(because: outcome, reply) }
        recent.learn(records, for: keys, now: loop.now)
        hand(decide(attempt, recent.completed(records, for: keys)), to: reply)
      }
    }
  }

  /// Decides one request; `reply` is called now or when the store has done what it takes, with nil when it can't.
  func answer(_ request: PolicyRequest, _ reply: @escaping (GreylistOpinion?) -> Void) {
    hand(self.reply(to: request), to: reply)
  }

  private func hand(_ answer: GreylistReply, to reply: @escaping (GreylistOpinion?) -> Void) {
    switch answer {
    case .now(let opinion): reply(opinion)
    case .later(let question): settle(question, reply)
    case .never: return
    }
  }

  /// What the store is asked about somebody who isn't known here, and what he is told when he isn't known there.
  private func job(
    about attempt: GreylistAttempt, _ keys: GreylistKeys
  ) -> (StoreJob, GreylistDecision?) {
    if !knowsAwaited || recent.knows(keys.triplet) { return (.find(keys), nil) }
    let known = recent.completed(GreylistRecords(), for: keys)
    guard let (stranger, decision) = greylist.stranger(attempt, known, now: clock.now()) else {
      return (.find(keys), nil)
    }
    return (.meet(stranger), decision)
  }

  /// What `answer` would say, with nothing changed by it.
  func foresee(_ request: PolicyRequest, _ reply: @escaping (GreylistOpinion?) -> Void) {
    switch greylist.open(request) {
    case .decided(let decision): reply(decision.opinion)
    case .needs(let keys, let attempt):
      let decide: (GreylistRecords) -> GreylistOpinion = { [unowned self] records in
        var instances = self.instances
        return greylist.decide(attempt, records, now: clock.now(), instances: &instances).opinion
      }
      if let records = recent.records(for: keys) { return reply(decide(records)) }
      desk.ask(.find(keys)) { [unowned self] outcome in
        guard case .found(let records) = outcome else { return reply(nil) }
        reply(decide(recent.completed(records, for: keys)))
      }
    }
  }

  /// Takes note that somebody was written to, by a client that may send to him: his answer shall not wait.
  func note(outgoing request: PolicyRequest) {
    guard let correspondence = Correspondence(outgoing: request, by: greylist.rules, now: clock.now())
    else { return }
    _ = recent.take(GreylistWrites(correspondence: correspondence.write), now: loop.now)
    keepRecentSmall()
  }

  /// How many records the store has, and how many requests it could not be asked about.
  func count(_ reply: @escaping (TripletStoreCount, _ skipped: UInt64) -> Void) {
    desk.ask(.count) { [unowned self] outcome in
      if case .counted(let count) = outcome { known = count }
      reply(known, trouble.skipped)
    }
  }

  /// Answers what was asked, and writes what is still to be written.
  func close() {
    // A store that takes no more questions would let strangers pass.
    desk.settle()
    isClosed = true
    emptyRecent()
    desk.close()
  }

  private func decide(_ attempt: GreylistAttempt, _ records: GreylistRecords) -> GreylistReply {
    let decision = greylist.decide(attempt, records, now: clock.now(), instances: &instances)
    if case .submit = recent.take(decision.writes, now: loop.now) {
      if decision.writes.triplet?.isAwaited == true { return .later(.commit(decision)) }
      desk.ask(.apply([decision.writes])) { [unowned self] in note($0) }
    }
    keepRecentSmall()
    return .now(tell(decision))
  }

  /// What a stranger is told, whose triplet the store has.
  private func tell(noted decision: GreylistDecision) -> GreylistOpinion {
    _ = recent.take(decision.writes, now: loop.now)
    keepRecentSmall()
    return tell(decision)
  }

  private func keepRecentSmall() {
    if recent.isFull { emptyRecent() } else { planEmptying() }
  }

  private func tell(_ decision: GreylistDecision) -> GreylistOpinion {
    for line in decision.log { log(.greylist(line)) }
    reasons[decision.reason, default: 0] += 1
    return decision.opinion
  }

  /// Not greylisted, since the store can't say whether it should be.
  private func pass(because outcome: StoreAnswer.Outcome, _ reply: (GreylistOpinion?) -> Void) {
    if isClosed { return }
    trouble.skipped += 1
    note(outcome)
    reply(nil)
  }

  func note(_ outcome: StoreAnswer.Outcome) {
    guard case .failed(let error) = outcome, trouble.isWorthTelling(now: loop.now) else { return }
    log(.storeFailed(error, skipped: trouble.skipped))
  }
}

// MARK: Housekeeping

extension Greylister {
  private func planEmptying() {
    guard !isEmptyingPlanned, let deadline = recent.deadline else { return }
    isEmptyingPlanned = true
    loop.schedule(at: deadline) { [unowned self] in
      isEmptyingPlanned = false
      emptyRecent()
    }
  }

  /// Gives the store all that it has to know.
  func emptyRecent() {
    let writes = recent.empty()
    guard !writes.isEmpty else { return }
    desk.ask(.apply(writes)) { [unowned self] in note($0) }
  }

  /// Forgets what has expired, in small steps, so that nobody waits for it.
  private func expire() {
    let expiry = GreylistExpiry(now: clock.now().seconds, rules: greylist.rules)
    desk.ask(.expire(expiry, most: Self.expiryStep)) { [unowned self] outcome in
      note(outcome)
      var isDone = true
      if case .expired(Self.expiryStep) = outcome { isDone = false }
      loop.schedule(after: isDone ? Self.roundInterval : Self.stepInterval) { [unowned self] in expire() }
    }
  }
}
