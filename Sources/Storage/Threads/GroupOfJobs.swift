import Policy

/// The jobs that were waiting when the thread had time: all their changes are one transaction.
struct GroupOfJobs {
  let jobs: [(ticket: UInt64, job: StoreJob)]

  /// Changes come first: a question sees all that was applied before it was asked.
  ///
  /// But nothing overtakes what is to be forgotten.
  ///
  /// A store that can't be written is asked who is known: nobody whom it knows has to suffer for it. One that is locked
  /// keeps the first question waiting; the rest then fails with it, so that nobody waits longer than twice, once for
  /// writing and once for reading, unless something is to be forgotten in between.
  ///
  /// - Returns: an answer for each job.
  func perform(on store: inout some TripletStore) -> [StoreAnswer] {
    var answers: [StoreAnswer] = []
    for piece in pieces { answers += piece.performAtOnce(on: &store) }
    return answers
  }

  /// What is to be forgotten stands alone.
  private var pieces: [GroupOfJobs] {
    guard jobs.contains(where: \.job.forgets) else { return [self] }
    var pieces: [GroupOfJobs] = []
    for job in jobs {
      if !job.job.forgets, let last = pieces.last, !last.jobs[0].job.forgets {
        pieces[pieces.count - 1] = GroupOfJobs(jobs: last.jobs + [job])
      } else {
        pieces.append(GroupOfJobs(jobs: [job]))
      }
    }
    return pieces
  }

  private func performAtOnce(on store: inout some TripletStore) -> [StoreAnswer] {
    var (written, met) = write(to: &store)
    var trouble: TripletStoreError?
    return jobs.map { ticket, job in
      if case .apply = job { return StoreAnswer(ticket: ticket, outcome: written) }
      if case .meet = job, let answer = met.popLast() { return StoreAnswer(ticket: ticket, outcome: answer) }
      if let trouble { return StoreAnswer(ticket: ticket, outcome: .failed(trouble)) }
      do throws(TripletStoreError) {
        return StoreAnswer(ticket: ticket, outcome: try ask(job, of: &store, written))
      } catch {
        trouble = error
        return StoreAnswer(ticket: ticket, outcome: .failed(error))
      }
    }
  }

  /// - Returns: what is said to each change, and to each stranger, the last one first; to none where nothing could be
  ///   written.
  private func write(
    to store: inout some TripletStore
  ) -> (changes: StoreAnswer.Outcome, strangers: [StoreAnswer.Outcome]) {
    var writes: [GreylistWrites] = []
    var strangers: [Stranger] = []
    for (_, job) in jobs {
      switch job {
      case .apply(let more): writes += more
      case .meet(let stranger): strangers.append(stranger)
      default: break
      }
    }
    guard !writes.isEmpty || !strangers.isEmpty else { return (.applied, []) }
    do throws(TripletStoreError) {
      let known = try store.apply(writes, strangers: strangers)
      return (.applied, known.reversed().map { records in records.map { .found($0) } ?? .applied })
    } catch {
      return (.failed(error), [])
    }
  }

  private func ask(
    _ job: StoreJob, of store: inout some TripletStore, _ written: StoreAnswer.Outcome
  ) throws(TripletStoreError) -> StoreAnswer.Outcome {
    switch job {
    case .apply: written
    case .find(let keys): .found(try store.records(for: keys))
    case .meet(let stranger): try look(for: stranger, in: &store, written)
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

  /// Looks whether he is known; when he isn't, the answer is why he couldn't be noted.
  private func look(
    for stranger: Stranger, in store: inout some TripletStore, _ unwritten: StoreAnswer.Outcome
  ) throws(TripletStoreError) -> StoreAnswer.Outcome {
    let records = try store.records(for: stranger.keys)
    return stranger.isConfirmed(by: records) ? unwritten : .found(records)
  }
}

extension StoreJob {
  fileprivate var forgets: Bool { if case .forget = self { true } else { false } }
}
