/// The walk through a list, in the order written.
extension MailPolicy {
  func walk(_ list: RestrictionList, _ walk: inout ListWalk) -> ListWalk.Result {
    guard walk.depth < ListWalk.deepest else { return .refuse(ListWalk.serverError) }
    walk.depth += 1
    defer { walk.depth -= 1 }
    for step in list.steps {
      let result = take(step.restriction, &walk)
      if !result.goesOn { return result }
      if walk.isDeferred { return .dunno }
    }
    return .dunno
  }

  private func take(_ restriction: Restriction, _ walk: inout ListWalk) -> ListWalk.Result {
    switch restriction {
    case .warnIfReject(let softened):
      let before = walk.isWarning
      walk.isWarning = true
      defer { walk.isWarning = before }
      return take(softened, &walk)
    case .list(let name):
      guard let list = lists.named[name] else { return walk.fail(restriction, ListWalk.serverError) }
      walk.note(restriction, .enters)
      return self.walk(list, &walk)
    case .checkAccess(let subject, let table): return check(restriction, subject, table, &walk)
    case .checkGreylist: return greylist(restriction, &walk)
    case .foreign: return walk.fail(restriction, ListWalk.serverError)
    case .checkServers(let access, let table): return check(restriction, access, table, &walk)
    default:
      let (finding, evidence) = look(restriction, &walk)
      return walk.settle(restriction, finding, evidence)
    }
  }

  /// The restrictions that say something of the request itself, those that ask the DNS about it among them.
  private func look(_ restriction: Restriction, _ walk: inout ListWalk) -> (Finding, TraceStep.Evidence) {
    switch restriction {
    case .rejectListed(let subject, let zone): rejectListed(subject, zone, &walk)
    case .permitListed(let subject, let zone): permitListed(subject, zone, &walk)
    case .checkDNSBL(let name): checkDNSBL(name, &walk)
    case .rejectUnknownSenderDomain: unknownDomain(.sender, &walk)
    case .rejectUnknownRecipientDomain: unknownDomain(.recipient, &walk)
    case .rejectUnknownHeloHostname: unknownHelo(&walk)
    case .rejectUnknownClientHostname: unknownClient(&walk)
    case .rejectUnknownReverseClientHostname: unknownReverseClient(&walk)
    default: judge(restriction, walk.view, walk.facts.tables)
    }
  }

  // MARK: Tables

  private func check(
    _ restriction: Restriction, _ subject: AccessSubject, _ table: TableName, _ walk: inout ListWalk
  ) -> ListWalk.Result {
    guard let search = search(subject, table, walk.view, walk.facts.tables) else {
      return walk.pass(restriction)
    }
    switch search {
    case .missing: return walk.pass(restriction)
    case .failed: return walk.refuse(restriction, ListWalk.serverError, .failure(table))
    case .found(let value, let key):
      let evidence = TraceStep.Evidence.row(table, key: key, value: value)
      let result = apply(value, restriction, evidence, &walk)
      return limit(result, of: restriction, subject, evidence, &walk)
    }
  }

  private func check(
    _ restriction: Restriction, _ access: ServerAccess, _ table: TableName, _ walk: inout ListWalk
  ) -> ListWalk.Result {
    switch search(access, table, &walk) {
    case nil: return walk.settle(restriction, .unanswered, .none)
    case .missing: return walk.pass(restriction)
    case .unknown(let question, let failure): return walk.pass(restriction, .unanswered(question, failure))
    case .failed: return walk.refuse(restriction, ListWalk.serverError, .failure(table))
    case .found(let value, let key):
      let evidence = TraceStep.Evidence.row(table, key: key, value: value)
      let result = apply(value, restriction, evidence, &walk)
      // Whose servers somebody uses is for him to choose: it permits nothing.
      if case .permit = result { return walk.fail(restriction, ListWalk.serverError, evidence) }
      return result
    }
  }

  private func apply(
    _ value: [UInt8], _ restriction: Restriction, _ evidence: TraceStep.Evidence, _ walk: inout ListWalk
  ) -> ListWalk.Result {
    guard let action = try? AccessAction(value, by: lists.resultParser) else {
      return walk.fail(restriction, ListWalk.serverError, evidence)
    }
    return apply(action, restriction, evidence, &walk)
  }

  /// What a table may not permit: a client by a name that it gave itself, and a recipient beyond which it goes on.
  private func limit(
    _ result: ListWalk.Result, of restriction: Restriction, _ subject: AccessSubject,
    _ evidence: TraceStep.Evidence, _ walk: inout ListWalk
  ) -> ListWalk.Result {
    guard case .permit = result else { return result }
    switch subject {
    case .reverseClient: return walk.fail(restriction, ListWalk.serverError, evidence)
    case .recipient where isRouted(walk.view.recipient): return walk.pass(restriction, evidence)
    default: return result
    }
  }

  private func apply(
    _ action: AccessAction, _ restriction: Restriction, _ evidence: TraceStep.Evidence, _ walk: inout ListWalk
  ) -> ListWalk.Result {
    switch action {
    case .restrictions(let restrictions):
      walk.note(restriction, .enters, evidence)
      let steps = restrictions.map { RestrictionParser.Step(restriction: $0, item: 0) }
      return self.walk(RestrictionList(name: ListName("result"), steps: steps), &walk)
    case .effect(let effect):
      walk.effects.append(effect)
      walk.note(restriction, .effect(effect), evidence)
      return .dunno
    case .discard(let text): return walk.discard(restriction, text, evidence)
    default: return walk.settle(restriction, finding(action), evidence)
    }
  }

  private func greylist(_ restriction: Restriction, _ walk: inout ListWalk) -> ListWalk.Result {
    if !walk.favours.isEmpty {
      let (score, isKnown) = favour(&walk)
      if let score { return walk.settle(restriction, .dunno, .score(score)) }
      if !isKnown { return walk.settle(restriction, .unanswered, .none) }
    }
    guard let answer = walk.facts.greylist else { return walk.wait(forGreylist: true) }
    let action = AccessAction(answer)
    let evidence = walk.facts.greylistReason.map { TraceStep.Evidence.greylist($0) } ?? .none
    // Greylisting never opens anything.
    if case .permit = action { return walk.pass(restriction, evidence) }
    return apply(action, restriction, evidence, &walk)
  }
}
