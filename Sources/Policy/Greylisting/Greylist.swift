import MailTypes

/// Greylisting as postgrey 1.37 decides it, as values: no clock, no store and no log of its own.
///
/// A request goes two steps. `open` looks at what needs no store, and says which records are needed for the rest;
/// `decide` gets them and answers. Between the two the store may be asked on another thread. A decision's writes are
/// whole records: writing one twice does no harm, and two requests for one triplet that are under way at once lose
/// nothing but the time between them. Of whom nothing seems to be known there is a shorter way: `stranger` decides at
/// once, and the store only has to confirm it.
///
/// What is different from postgrey, and stays so:
/// 1. Who is logged in is let pass, whatever the order of Postfix's restrictions.
/// 2. Texts are mended to what Postfix takes for a text (`ReplyText`).
/// 3. Two numbers in a whitelist are a /16, an IPv6 network holds no IPv4 address, and a line that is no rule is
///    named.
/// 4. A v4-mapped address is an IPv4 address, and a client without an address is let pass: postgrey looks it up in
///    DNS, and ends when there is none.
/// 5. Where the rules say so, whom a user wrote to is let pass when he answers, and who retries from many addresses is
///    recognised (`PoolKeys`). postgrey's options don't.
/// 6. `policy_test_time` means nothing, and what is no request closes the connection.
package struct Greylist: Sendable {
  /// Behind one reference: to ask a value of this size means to count all that it refers to.
  private final class Content: Sendable {
    let rules: GreylistRules
    let clients: ClientWhitelist
    let recipients: RecipientWhitelist
    let awaited: AwaitedSenders

    init(
      _ rules: GreylistRules, _ clients: ClientWhitelist, _ recipients: RecipientWhitelist,
      _ awaited: AwaitedSenders
    ) {
      self.rules = rules
      self.clients = clients
      self.recipients = recipients
      self.awaited = awaited
    }
  }

  private var content: Content

  package init(
    rules: GreylistRules, clients: ClientWhitelist = ClientWhitelist(),
    recipients: RecipientWhitelist = RecipientWhitelist(), awaited: AwaitedSenders = AwaitedSenders()
  ) {
    content = Content(rules, clients, recipients, awaited)
  }

  package var rules: GreylistRules {
    get { content.rules }
    set { content = Content(newValue, clients, recipients, awaited) }
  }
  package var clients: ClientWhitelist {
    get { content.clients }
    set { content = Content(rules, newValue, recipients, awaited) }
  }
  package var recipients: RecipientWhitelist {
    get { content.recipients }
    set { content = Content(rules, clients, newValue, awaited) }
  }
  /// Ours: postgrey knows nothing like it.
  package var awaited: AwaitedSenders {
    get { content.awaited }
    set { content = Content(rules, clients, recipients, newValue) }
  }

  /// The most lines of garbage that one request puts into the log.
  private static let mostGarbage = 10

  /// What the first step comes to.
  package enum Opening: Equatable, Sendable {
    case decided(GreylistDecision)
    case needs(GreylistKeys, GreylistAttempt)
  }

  /// Decides a request that isn't greylisted whatever the store knows.
  package func open(_ request: PolicyRequest) -> Opening {
    var log = request.strayLines.prefix(Self.mostGarbage).map { GreylistLogLine.garbage($0) }
    let subject: GreylistSubject
    do throws(GreylistSubject.Fault) {
      subject = try GreylistSubject(request)
    } catch {
      return .decided(
        GreylistDecision(.dunno, log: log + [error.complaint(about: request)], reason: .noTriplet))
    }
    if request.isAuthenticated { return .decided(pass(subject, .authenticated, after: log)) }
    let client = clients.answer(name: subject.clientName, address: subject.clientAddress)
    log += client.complaints
    if client.isListed { return .decided(pass(subject, .clientWhitelist, after: log)) }
    let recipient = recipients.answer(subject.recipient)
    log += recipient.complaints
    if recipient.isListed { return .decided(pass(subject, .recipientWhitelist, after: log)) }
    let keys = GreylistKeys(
      client: subject.clientAddress, name: subject.clientName, sender: subject.sender,
      recipient: subject.recipient, by: rules)
    return .needs(keys, GreylistAttempt(subject: subject, keys: keys, log: log))
  }

  /// Decides the rest.
  ///
  /// - Parameters:
  ///   - attempt: what `open` gave.
  ///   - records: what the store has for its keys.
  ///   - now: the time of the request.
  ///   - instances: the messages that have their header.
  /// - Returns: the answer, and what the store has to learn.
  package func decide(
    _ attempt: GreylistAttempt, _ records: GreylistRecords, now: WallTime,
    instances: inout RecentInstances
  ) -> GreylistDecision {
    if let record = records.client, isWhitelisted(record) {
      return passWhitelisted(attempt, record, now: now.seconds)
    }
    let triplet = TripletStep(records.triplet, now: now.seconds, by: rules)
    let step = PoolStep(triplet, attempt.keys.pools, records.pools, now: now.seconds, by: rules)
    if step.counting.missing > 0, let decision = passWithoutWaiting(attempt, records, now: now.seconds) {
      return decision
    }
    var decision = GreylistDecision(.dunno, log: attempt.log, reason: .tripletFound)
    if triplet.wasInTheFuture {
      decision.log.append(GreylistLogLine(.event, "correcting date for first seen in the future!"))
    }
    decision.writes.triplet = TripletWrite(
      key: attempt.keys.triplet, record: step.record, isAwaited: step.counting.missing > 0)
    decision.writes.pools = step.writes
    if step.counting.isFirstSuccess {
      count(attempt, records.client, now: now.seconds, into: &decision)
    }
    answer(attempt, step, now: now, instances: &instances, into: &decision)
    return decision
  }
}

// MARK: The answers

extension Greylist {
  private func pass(
    _ subject: GreylistSubject, _ reason: GreylistLogLine.Reason, after log: [GreylistLogLine]
  ) -> GreylistDecision {
    GreylistDecision(.dunno, log: log + [.action(reason, on: subject.request)], reason: reason.kind)
  }

  /// Who passes though the triplet waits: it is not written, since this mail has not shown that it comes back.
  private func passWithoutWaiting(
    _ attempt: GreylistAttempt, _ records: GreylistRecords, now: Int64
  ) -> GreylistDecision? {
    if isAwaited(attempt.subject, now: now) { return pass(attempt.subject, .awaited, after: attempt.log) }
    if isCorrespondent(records, now: now) {
      return pass(attempt.subject, .correspondent, after: attempt.log)
    }
    guard let writes = PoolStep.knowsNetwork(attempt.keys.pools, records.pools, now: now, by: rules)
    else { return nil }
    var decision = pass(attempt.subject, .knownNetwork, after: attempt.log)
    decision.writes.pools = writes
    return decision
  }

  private func isAwaited(_ subject: GreylistSubject, now: Int64) -> Bool {
    awaited.entry(sender: subject.sender, recipient: subject.recipient, now: now) != nil
  }

  private func isCorrespondent(_ records: GreylistRecords, now: Int64) -> Bool {
    guard let last = records.correspondence, rules.correspondents > 0 else { return false }
    return now - last <= rules.correspondents
  }

  private func answer(
    _ attempt: GreylistAttempt, _ step: PoolStep, now: WallTime, instances: inout RecentInstances,
    into decision: inout GreylistDecision
  ) {
    let request = attempt.subject.request
    let triplet = step.counting
    let reason: GreylistLogLine.Reason
    if triplet.missing > 0 {
      decision.action = rules.wording.action.with(text(missing: triplet.missing, attempt.subject))
      reason = triplet.record.first == now.seconds ? .new : .earlyRetry(missing: triplet.missing)
    } else if !triplet.hadPassed, instances.isNew(request[.instance]?.prefix(GreylistSubject.longestValue)) {
      let delay = now.seconds - triplet.record.first
      decision.action = header(delay: delay, now: now).map { .prepend($0) } ?? .dunno
      reason = step.isByOrganisation ? .clientOrganisation(delay: delay) : .firstTimeFound(delay: delay)
    } else {
      reason = step.isByOrganisation ? .clientOrganisation(delay: nil) : .tripletFound
    }
    decision.reason = reason.kind
    decision.log.append(.action(reason, on: request))
  }

  private func text(missing: Int64, _ subject: GreylistSubject) -> [UInt8] {
    var template = rules.wording.text
    // Postfix since 2.3 sends etrn_domain, and takes 4.2.0, which Exchange understands better than 4.7.1.
    if subject.request[.etrnDomain] != nil, template.first?.isASCIIDigit != true {
      template = Array("4.2.0 ".utf8) + template
    }
    let domain = Array(subject.recipient.domain ?? subject.recipient.bytes[...])
    return Template.fill(template, [("s", Array("\(missing)".utf8)), ("r", domain)])
  }

  private func header(delay: Int64, now: WallTime) -> ReplyText? {
    ReplyText(
      Template.fill(
        rules.wording.header,
        [
          ("t", Array("\(delay)".utf8)), ("v", Array(rules.wording.version.utf8)),
          ("d", Array(now.date.utf8)),
          ("h", Array(rules.wording.hostname.utf8)),
        ]))
  }
}

// MARK: Whitelisting by successes

extension Greylist {
  private static let hour: Int64 = 3600

  private func isWhitelisted(_ record: ClientRecord) -> Bool {
    rules.autoWhitelistClients != 0 && record.count >= rules.autoWhitelistClients
  }

  private func passWhitelisted(
    _ attempt: GreylistAttempt, _ record: ClientRecord, now: Int64
  ) -> GreylistDecision {
    var decision = pass(attempt.subject, .clientAutoWhitelist, after: attempt.log)
    // Counted on, so that it stays known while it sends; a time in the future is put right.
    if now >= record.last + Self.hour || record.last > now, let key = attempt.keys.client {
      decision.writes.client = ClientWrite(key: key, record: ClientRecord(count: record.count + 1, last: now))
    }
    return decision
  }

  private func count(
    _ attempt: GreylistAttempt, _ record: ClientRecord?, now: Int64, into decision: inout GreylistDecision
  ) {
    guard let key = attempt.keys.client, record.map({ now >= $0.last + Self.hour }) ?? true else { return }
    let counted = ClientRecord(count: (record?.count ?? 0) + 1, last: now)
    decision.writes.client = ClientWrite(key: key, record: counted)
    if counted.count == rules.autoWhitelistClients {
      decision.log.append(.whitelisted(attempt.subject.clientName, attempt.subject.clientAddress))
    }
  }
}
