package import Policy

/// What was asked and changed lately, on the loop's side: answers the known without a question to the thread, and
/// holds back changes that may be late.
///
/// A triplet that has passed before and passes again only gets another time of last use. That change is held back, and
/// so is that a user wrote to somebody: seen by `records(for:)` all the same, and lost without harm when the process
/// ends. Every other change goes to the store at once, and what is known of pools is not kept here. After a minute, and
/// whenever the table is full, it is emptied: what was held back goes to the store in one piece, and what other
/// programs have changed there since is seen.
///
/// With one owner. A question's triplet is remembered: the changes that come of it are for the same one.
package final class RecentRecords {
  /// The longest that a change is held back and a record believed.
  package static let lag: Duration = .seconds(60)

  private struct Triplet {
    let key: TripletKey
    var record: TripletRecord
    var isHeldBack: Bool
  }

  private struct Correspondent {
    /// When he was written to last; nil for one that the store doesn't know.
    var last: Int64?
    /// Whether the store doesn't know him as he is here.
    var isHeldBack = false
  }

  private let capacity: Int
  /// Which triplets count as passed, seconds.
  package var delay: Int64
  /// Nil for one that was forgotten.
  private var triplets: [Triplet?] = []
  /// Where each stands in `triplets`.
  private var places: [TripletKey: Int] = [:]
  /// The one that was asked for last, and where it stands.
  private var last: (key: TripletKey, place: Int)?
  /// Nil for a client that the store doesn't know.
  private var clients: [ClientKey: ClientRecord?] = [:]
  private var correspondences: [CorrespondenceKey: Correspondent] = [:]
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
    guard let triplet = triplet(keys.triplet) else { return nil }
    var records = GreylistRecords(triplet: triplet)
    if let client = keys.client {
      guard let record = clients[client] else { return nil }
      records.client = record
    }
    if triplet.hasPassed(delay: delay) { return records }
    // Who has passed passes again, correspondent or not; who waits may have become known by others of his pool.
    if keys.pools != nil { return nil }
    if let key = keys.correspondence {
      guard let known = correspondences[key] else { return nil }
      records.correspondence = known.last
    }
    return records
  }

  /// Whether something is known of a triplet, be it not enough for a decision.
  package func knows(_ key: TripletKey) -> Bool { place(of: key) != nil }

  private func triplet(_ key: TripletKey) -> TripletRecord? {
    guard let place = places[key] else { return nil }
    last = (key, place)
    return triplets[place]?.record
  }

  private func place(of key: TripletKey) -> Int? {
    // Keys are long: each is looked up as seldom as can be.
    if last?.key == key { return last?.place }
    return places[key]
  }

  private func put(_ triplet: Triplet) {
    if let place = place(of: triplet.key) {
      triplets[place] = triplet
    } else {
      places[triplet.key] = triplets.count
      triplets.append(triplet)
    }
  }

  /// The store's answer, with what is newer here: also about a stranger, whose triplet isn't kept.
  package func completed(_ records: GreylistRecords, for keys: GreylistKeys) -> GreylistRecords {
    if var known = self.records(for: keys) {
      known.pools = records.pools
      return known
    }
    var records = records
    if let key = keys.correspondence, let known = correspondences[key] {
      records.correspondence = known.last
    }
    return records
  }

  /// Takes the store's answer, except where something newer is known.
  package func learn(
    _ records: GreylistRecords, for keys: GreylistKeys, now: ContinuousClock.Instant
  ) {
    // Only what is known: a stranger's triplet is not asked for twice in a minute.
    guard let triplet = records.triplet else { return }
    start = start ?? now
    if place(of: keys.triplet) == nil {
      put(Triplet(key: keys.triplet, record: triplet, isHeldBack: false))
    }
    if let client = keys.client, clients[client] == nil { clients[client] = .some(records.client) }
    if let key = keys.correspondence, correspondences[key] == nil {
      correspondences[key] = Correspondent(last: records.correspondence)
    }
  }

  /// Takes a decision's changes.
  package func take(_ writes: GreylistWrites, now: ContinuousClock.Instant) -> Handling {
    if writes.isEmpty { return .heldBack }
    start = start ?? now
    let before = writes.triplet.flatMap { place(of: $0.key) }.flatMap { triplets[$0] }
    let isLate = mayBeLate(writes, after: before?.record)
    if let triplet = writes.triplet {
      if isLate != (before?.isHeldBack ?? false) { heldBack += isLate ? 1 : -1 }
      put(Triplet(key: triplet.key, record: triplet.record, isHeldBack: isLate))
    }
    if let client = writes.client { clients[client.key] = .some(client.record) }
    if let correspondence = writes.correspondence {
      note(correspondence.last, isLate, of: &correspondences[correspondence.key, default: Correspondent()])
    }
    return isLate ? .heldBack : .submit
  }

  private func note(_ last: Int64, _ isLate: Bool, of correspondent: inout Correspondent) {
    correspondent.last = last
    if isLate { correspondent.isHeldBack = true }
  }

  /// Drops what is known about these, and what was held back.
  package func forget(triplets keys: [TripletKey], clients: [ClientKey]) {
    for key in keys {
      guard let place = places.removeValue(forKey: key) else { continue }
      if triplets[place]?.isHeldBack == true { heldBack -= 1 }
      triplets[place] = nil
    }
    last = nil
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
  package func empty() -> [GreylistWrites] {
    var writes: [GreylistWrites] = []
    writes.reserveCapacity(heldBack)
    for case let triplet? in triplets where triplet.isHeldBack {
      writes.append(
        GreylistWrites(triplet: TripletWrite(key: triplet.key, record: triplet.record, isAwaited: false)))
    }
    for (key, known) in correspondences where known.isHeldBack {
      guard let last = known.last else { continue }
      writes.append(GreylistWrites(correspondence: CorrespondenceWrite(key: key, last: last)))
    }
    correspondences.removeAll(keepingCapacity: true)
    triplets.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    last = nil
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
