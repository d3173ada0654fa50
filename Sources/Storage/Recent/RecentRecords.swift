package import Policy

/// What was asked and changed lately, on the loop's side: answers the known without a question to the thread, and
/// holds back changes that may be late.
///
/// A triplet that has passed before and passes again only gets another time of last use. That change is held back, and
/// so is that a user wrote to somebody: seen by `records(for:)` all the same, and lost without harm when the process
/// ends. Every other change goes to the store at once, and what is known of pools is not kept here. After a minute, and
/// whenever the table is full, it is emptied: what was held back goes to the store in one piece, and what other
/// programs have changed there since is seen.
package struct RecentRecords {
  /// The longest that a change is held back and a record believed.
  package static let lag: Duration = .seconds(60)

  private struct Triplet {
    var record: TripletRecord
    var isHeldBack: Bool
  }

  private let capacity: Int
  /// Which triplets count as passed, seconds.
  package var delay: Int64
  private var triplets: [TripletKey: Triplet] = [:]
  /// Nil for a client that the store doesn't know.
  private var clients: [ClientKey: ClientRecord?] = [:]
  /// When a correspondent was written to last; nil for one that the store doesn't know.
  private var correspondences: [CorrespondenceKey: Int64?] = [:]
  /// Those that the store doesn't know as they are here.
  private var heldBackCorrespondences: Set<CorrespondenceKey> = []
  private var heldBack = 0
  /// Since when the table holds anything; nil while it is empty.
  private var start: ContinuousClock.Instant?

  /// - Parameters:
  ///   - capacity: the most triplets, the most clients and the most correspondents; each takes some 200 bytes.
  ///   - delay: which triplets count as passed, seconds.
  package init(capacity: Int = 4096, delay: Int64) {
    precondition(capacity > 0, "a table holds something")
    self.capacity = capacity
    self.delay = delay
  }

  /// What the loop does with a decision's changes.
  package enum Handling: Equatable, Sendable {
    /// There are none, or they go to the store within a minute.
    case heldBack
    /// They go to the store now.
    case submit
  }

  /// What is known about `keys`; nil when the store has to be asked.
  package func records(for keys: GreylistKeys) -> GreylistRecords? {
    guard let triplet = triplets[keys.triplet] else { return nil }
    var records = GreylistRecords(triplet: triplet.record)
    if let client = keys.client {
      guard let record = clients[client] else { return nil }
      records.client = record
    }
    // Who has passed passes again, correspondent or not; who waits may have become known by others of his pool.
    if keys.pools != nil, !triplet.record.hasPassed(delay: delay) { return nil }
    if let key = keys.correspondence, !triplet.record.hasPassed(delay: delay) {
      guard let last = correspondences[key] else { return nil }
      records.correspondence = last
    }
    return records
  }

  /// The store's answer, with what is newer here: also about a stranger, whose triplet isn't kept.
  package func completed(_ records: GreylistRecords, for keys: GreylistKeys) -> GreylistRecords {
    if var known = self.records(for: keys) {
      known.pools = records.pools
      return known
    }
    var records = records
    if let key = keys.correspondence, let last = correspondences[key] { records.correspondence = last }
    return records
  }

  /// Takes the store's answer, except where something newer is known.
  package mutating func learn(
    _ records: GreylistRecords, for keys: GreylistKeys, now: ContinuousClock.Instant
  ) {
    // Only what is known: a stranger's triplet is not asked for twice in a minute.
    guard let triplet = records.triplet else { return }
    start = start ?? now
    if triplets[keys.triplet] == nil { triplets[keys.triplet] = Triplet(record: triplet, isHeldBack: false) }
    if let client = keys.client, clients[client] == nil { clients[client] = .some(records.client) }
    if let key = keys.correspondence, correspondences[key] == nil {
      correspondences[key] = .some(records.correspondence)
    }
  }

  /// Takes a decision's changes.
  package mutating func take(_ writes: GreylistWrites, now: ContinuousClock.Instant) -> Handling {
    if writes.isEmpty { return .heldBack }
    start = start ?? now
    // Keys are long: each is looked up as seldom as can be.
    let before = writes.triplet.flatMap { triplets[$0.key] }
    let isLate = mayBeLate(writes, after: before?.record)
    if let triplet = writes.triplet {
      if isLate != (before?.isHeldBack ?? false) { heldBack += isLate ? 1 : -1 }
      triplets[triplet.key] = Triplet(record: triplet.record, isHeldBack: isLate)
    }
    if let client = writes.client { clients[client.key] = .some(client.record) }
    if let correspondence = writes.correspondence {
      correspondences[correspondence.key] = .some(correspondence.last)
      if isLate { heldBackCorrespondences.insert(correspondence.key) }
    }
    return isLate ? .heldBack : .submit
  }

  /// Drops what is known about these, and what was held back.
  package mutating func forget(triplets keys: [TripletKey], clients: [ClientKey]) {
    for key in keys where triplets.removeValue(forKey: key)?.isHeldBack == true { heldBack -= 1 }
    for key in clients { self.clients.removeValue(forKey: key) }
  }

  /// When the table has to be emptied; nil while it is empty.
  package var deadline: ContinuousClock.Instant? { start.map { $0 + Self.lag } }

  /// Whether it has to be emptied now, whatever the time.
  package var isFull: Bool {
    triplets.count >= capacity || clients.count >= capacity || correspondences.count >= capacity
  }

  /// Empties the table.
  ///
  /// - Returns: what was held back, for the store.
  package mutating func empty() -> [GreylistWrites] {
    var writes: [GreylistWrites] = []
    writes.reserveCapacity(heldBack + heldBackCorrespondences.count)
    for (key, triplet) in triplets where triplet.isHeldBack {
      writes.append(
        GreylistWrites(triplet: TripletWrite(key: key, record: triplet.record, isAwaited: false)))
    }
    for key in heldBackCorrespondences {
      guard case .some(let last?) = correspondences[key] else { continue }
      writes.append(GreylistWrites(correspondence: CorrespondenceWrite(key: key, last: last)))
    }
    correspondences.removeAll(keepingCapacity: true)
    heldBackCorrespondences.removeAll(keepingCapacity: true)
    triplets.removeAll(keepingCapacity: true)
    clients.removeAll(keepingCapacity: true)
    heldBack = 0
    start = nil
    return writes
  }

  /// Whether nothing changes but the time of last use, or that somebody was written to.
  private func mayBeLate(_ writes: GreylistWrites, after before: TripletRecord?) -> Bool {
    guard writes.client == nil, writes.pools.isEmpty else { return false }
    guard let triplet = writes.triplet else { return true }
    guard !triplet.isAwaited, let before else { return false }
    return before.hasPassed(delay: delay) && before.first == triplet.record.first
  }
}
