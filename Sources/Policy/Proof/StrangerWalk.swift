import MailTypes

/// A walk through a list on every way that a stranger may take at once.
///
/// Each condition that he can bring about is left open, each that he can't is false. Conditions are taken as
/// independent of one another, so that there may be more ways here than in fact, never fewer.
struct StrangerWalk {
  let policy: MailPolicy
  let tables: TableSet
  /// What our own services answer strangers.
  let services: OwnServices

  /// What holds on the way so far.
  struct State {
    /// Whether `defer_if_permit` surely holds: then no permit is one.
    var isDeferred = false
    /// Whether refusals are only warnings.
    var isWarning = false
    /// The lists that the way leads through, so that it doesn't go round in a circle.
    var visited: Set<Visit> = []
  }

  /// A list, and what more it lets pass: behind a warning the same restrictions stop nobody.
  struct Visit: Hashable {
    let list: ListName
    let isWarning: Bool
  }

  func walk(_ list: RestrictionList, _ state: inout State) -> StrangerOutcomes {
    let steps = list.steps.map { (restriction: $0.restriction, item: $0.item) }
    return walk(steps, in: list.name, &state)
  }

  private func walk(
    _ steps: [(restriction: Restriction, item: Int)], in list: ListName?, _ state: inout State
  ) -> StrangerOutcomes {
    var all = StrangerOutcomes()
    var passed: [ProofStep] = []
    for step in steps {
      let outcomes = take(step.restriction, &state)
      let place = { (reason: ProofStep.Reason) in
        ProofStep(list: list, item: step.item, restriction: step.restriction, reason: reason)
      }
      all.stops = all.stops || outcomes.stops
      if all.permits == nil, let path = outcomes.permits {
        // A restriction that permits by itself comes without a path of its own.
        all.permits = passed + (path.isEmpty ? [place(.permits)] : [place(.passes)] + path)
      }
      if !outcomes.goesOn { return all }
      passed.append(place(.passes))
    }
    all.goesOn = true
    return all
  }

  private func take(_ restriction: Restriction, _ state: inout State) -> StrangerOutcomes {
    // What a list sets after it may have permitted comes too late.
    let wasDeferred = state.isDeferred
    var outcomes = judge(restriction, &state)
    if state.isWarning, outcomes.stops { outcomes.goesOn = true }
    if wasDeferred, outcomes.permits != nil {
      outcomes.permits = nil
      outcomes.stops = true
    }
    return outcomes
  }

  private func judge(_ restriction: Restriction, _ state: inout State) -> StrangerOutcomes {
    switch restriction {
    case .permit: return StrangerOutcomes(permits: [])
    case .reject, .defer, .rejectUnauthDestination, .deferUnauthDestination: return .isStopped
    case .deferIfPermit:
      if !state.isWarning { state.isDeferred = true }
      return .passes
    case .deferIfReject: return .passes
    case .warnIfReject(let softened):
      let before = state.isWarning
      state.isWarning = true
      defer { state.isWarning = before }
      return take(softened, &state)
    case .permitMynetworks, .permitSASLAuthenticated, .permitTLSClientcerts, .permitAuthDestination:
      // Trouble with a table of theirs defers.
      return .either
    case .rejectNonFQDNSender, .rejectNonFQDNRecipient, .rejectNonFQDNHeloHostname,
      .rejectInvalidHeloHostname, .rejectUnknownClientHostname, .rejectUnknownReverseClientHostname,
      .rejectUnknownHeloHostname, .rejectUnknownSenderDomain, .rejectUnknownRecipientDomain,
      .rejectSenderLoginMismatch, .checkGreylist, .rejectListed, .checkDNSBL:
      // He may be on any list, and on none.
      return .either
    // Elsewhere is no destination that a list in the DNS permits, and trouble with a table of ours defers.
    case .permitListed: return .either
    case .checkAccess(let subject, let table): return check(subject, table, state)
    // Whose servers somebody uses permits nothing.
    case .checkServers(_, let table): return look(in: table, state).without(permits: true)
    case .list(let name): return call(name, &state)
    case .foreign(let foreign): return follow(foreign)
    }
  }

  private func call(_ name: ListName, _ state: inout State) -> StrangerOutcomes {
    guard let list = policy.lists.named[name] else { return .isStopped }
    // Whatever a circle leads to, the way without it leads to as well.
    let visit = Visit(list: name, isWarning: state.isWarning)
    guard state.visited.insert(visit).inserted else { return .either }
    defer { state.visited.remove(visit) }
    return walk(list, &state)
  }

  private func follow(_ restriction: ForeignRestriction) -> StrangerOutcomes {
    if restriction.name == "check_policy_service", let argument = restriction.argument,
      let answer = services.answer(to: argument)
    {
      return answer == .mayPass ? .either : .isStopped
    }
    guard restriction.mayPermitStrangers else { return .either }
    let step = ProofStep(list: nil, item: 0, restriction: .foreign(restriction), reason: .foreign)
    return StrangerOutcomes(goesOn: true, stops: true, permits: [step])
  }

  // MARK: Tables

  private func check(_ subject: AccessSubject, _ name: TableName, _ state: State) -> StrangerOutcomes {
    // A stranger has no login to look up.
    if subject == .sasl { return .passes }
    let outcomes = look(in: name, state) { policy.excludesStrangers($0, subject, tables) }
    // A name that a client gave itself can't permit.
    return outcomes.without(permits: subject == .reverseClient)
  }

  /// What any row of a table may do to him, but for those that never apply.
  private func look(
    in name: TableName, _ state: State, excluding isExcluded: (TableRow) -> Bool = { _ in false }
  ) -> StrangerOutcomes {
    guard let table = tables[name] else {
      let step = ProofStep(list: nil, item: 0, restriction: nil, reason: .unreadable(name))
      return StrangerOutcomes(goesOn: true, stops: true, permits: [step])
    }
    var all = StrangerOutcomes.either
    var seen: Set<[UInt8]> = []
    for row in table.rows where all.permits == nil && !isExcluded(row) {
      guard seen.insert(row.value).inserted else { continue }
      var outcomes = follow(row, state)
      if let path = outcomes.permits {
        let reason = ProofStep.Reason.row(name, line: row.line, value: row.value.prefix(100).repairedText)
        outcomes.permits = [ProofStep(list: nil, item: 0, restriction: nil, reason: reason)] + path
      }
      all.join(outcomes)
    }
    return all
  }

  private func follow(_ row: TableRow, _ state: State) -> StrangerOutcomes {
    guard let sample = row.sample else { return StrangerOutcomes(goesOn: true, stops: true, permits: []) }
    guard let action = try? AccessAction(sample, by: policy.lists.resultParser) else { return .isStopped }
    // What is put into restrictions may make others of them.
    if row.hasReplacements, case .restrictions = action {
      return StrangerOutcomes(goesOn: true, stops: true, permits: [])
    }
    switch action {
    case .dunno, .effect, .deferIfPermit, .deferIfReject: return .passes
    case .permit: return StrangerOutcomes(permits: [])
    case .refuse, .discard: return .isStopped
    case .restrictions(let restrictions):
      // What it sets holds on this way only.
      var state = state
      return walk(restrictions.map { ($0, 0) }, in: nil, &state)
    }
  }
}
