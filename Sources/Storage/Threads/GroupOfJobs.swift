import Policy

/// The jobs that were waiting when the thread had time: all their changes are one transaction.
struct GroupOfJobs {
  let jobs: [(ticket: UInt64, job: StoreJob)]

  /// Changes come first: a question sees all that was applied before it was asked.
  ///
  /// A store that is locked keeps the first question waiting; the rest of the group then fails with it, so that a
  /// group never waits longer than twice, once for writing and once for reading.
  ///
  /// - Returns: an answer for each job.
  func perform(on store: inout some TripletStore) -> [StoreAnswer] {
    let written = write(to: &store)
    var trouble: TripletStoreError?
    return jobs.map { ticket, job in
      if case .apply = job { return StoreAnswer(ticket: ticket, outcome: written) }
      if let trouble { return StoreAnswer(ticket: ticket, outcome: .failed(trouble)) }
      do throws(TripletStoreError) {
        return StoreAnswer(ticket: ticket, outcome: try ask(job, of: &store))
      } catch {
        trouble = error
        return StoreAnswer(ticket: ticket, outcome: .failed(error))
      }
    }
  }

  private func write(to store: inout some TripletStore) -> StoreAnswer.Outcome {
    var writes: [GreylistWrites] = []
    for case (_, .apply(let more)) in jobs { writes += more }
    guard !writes.isEmpty else { return .applied }
    do throws(TripletStoreError) {
      try store.apply(writes)
      return .applied
    } catch {
      return .failed(error)
    }
  }

  private func ask(
    _ job: StoreJob, of store: inout some TripletStore
  ) throws(TripletStoreError) -> StoreAnswer.Outcome {
    switch job {
    case .apply: .applied
    case .find(let keys): .found(try store.records(for: keys))
    case .expire(let expiry, let most): .expired(try store.expire(expiry, most: most))
    case .count: .counted(try store.count())
    case .triplets(let key, let most): .triplets(try store.triplets(after: key, most: most))
    case .clients(let key, let most): .clients(try store.clients(after: key, most: most))
    case .forget(let triplets, let clients, let pools):
      .forgotten(try store.forget(triplets: triplets, clients: clients, pools: pools))
    case .awaited: .awaited(try store.awaitedSenders())
    case .await(let sender, let now): .awaited(try store.await(sender, now: now))
    }
  }
}
