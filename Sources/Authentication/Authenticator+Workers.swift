import Credentials

/// Workers: given work, heard, lost.
extension Authenticator {
  mutating func hear(
    _ answer: WorkerAnswer, from worker: WorkerID, now: ContinuousClock.Instant,
    _ actions: inout [AuthenticationAction]
  ) {
    guard case .busy(let given) = pool.state(of: worker), answer.request == given.request,
      let login = pending[given.request], login.state == .given(worker)
    else { return distrust(worker, now: now, &actions) }
    if let asked = login.asked { checkTime.note(now - asked) }
    if answer.leaving {
      pool.end(worker)
    } else if !pool.release(worker, limit: rules.checksPerWorker) {
      actions.append(.dismiss(worker))
    }
    if let acceptance = Acceptance(of: answer, to: given) {
      accept(acceptance, now: now, &actions)
    } else {
      proceed(given, answer.verdict, now: now, &actions)
    }
  }

  /// A worker that says what it wasn't asked is ended; what it had in hand is undecided.
  mutating func distrust(
    _ worker: WorkerID, now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    let state = pool.state(of: worker)
    pool.end(worker)
    if state != .ending {
      workersLost += 1
      actions.append(.kill(worker))
    }
    if case .busy(let given) = state {
      proceed(given, .unavailable(.workerMisspoke), now: now, &actions)
    }
  }

  mutating func lose(
    _ worker: WorkerID, now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]
  ) {
    let state = pool.remove(worker)
    if state != .ending { workersLost += 1 }
    guard case .busy(let given) = state else { return }
    proceed(given, .unavailable(.workerDied), now: now, &actions)
  }

  mutating func giveWork(now: ContinuousClock.Instant, _ actions: inout [AuthenticationAction]) {
    guard queue.count > 0 else { return }
    for rights in queue.rights {
      while pool.hasIdle(with: rights), let request = queue.popFirst(needing: rights) {
        give(request, needing: rights, now: now, &actions)
      }
    }
  }

  /// Gives the request to an idle worker, or closes it when its check would hardly end in time.
  private mutating func give(
    _ request: RequestID, needing rights: WorkerRights, now: ContinuousClock.Instant,
    _ actions: inout [AuthenticationAction]
  ) {
    guard let login = pending[request], let mechanism = login.mechanisms.first else {
      preconditionFailure("what is queued has a mechanism to ask")
    }
    if login.isUndecided, login.arrived + rules.deadline - now < checkTime.needed(within: rules.deadline) {
      return finish(request, .unavailable(.queueDeadline), by: nil, now: now, &actions)
    }
    guard let worker = pool.give(GivenCheck(request: request, mechanism: mechanism), needing: rights) else {
      preconditionFailure("a worker is idle")
    }
    pending[request]?.state = .given(worker)
    pending[request]?.asked = now
    pending[request]?.generation = cache.generation
    actions.append(.give(request, mechanism, asked: login.subject, to: worker))
  }
}
