/// Records of those that have to come back, the ones that never passed apart from the others, in the order in which
/// they were seen last.
struct ReturnTable<Key: Hashable & Sendable>: Sendable {
  private var waiting = RecencyTable<Key, TripletRecord>()
  private var passed = RecencyTable<Key, TripletRecord>()

  var count: Int { waiting.count + passed.count }

  /// In no order.
  var keys: [Key] { waiting.keys + passed.keys }

  subscript(_ key: Key) -> TripletRecord? { passed[key] ?? waiting[key] }

  /// Writes a record, which is the newest then.
  ///
  /// When there are more than `capacity`, those that wait go first, the oldest before the others, unless they are less
  /// than a quarter.
  ///
  /// - Parameters:
  ///   - record: the key's from now on.
  ///   - key: the record's.
  ///   - delay: by which it counts as passed, seconds.
  ///   - capacity: the most records.
  mutating func put(_ record: TripletRecord, for key: Key, delay: Int64, capacity: Int) {
    let isWaiting = !record.hasPassed(delay: delay)
    if isWaiting {
      passed.remove(key)
      waiting.put(record, for: key)
    } else {
      waiting.remove(key)
      passed.put(record, for: key)
    }
    if count > capacity { makeRoom(isWaiting: isWaiting, capacity) }
  }

  mutating func remove(_ key: Key) {
    waiting.remove(key)
    passed.remove(key)
  }

  /// Removes from the oldest on what has expired.
  ///
  /// - Returns: how many it were.
  mutating func removeExpired(_ expiry: GreylistExpiry, most: Int) -> Int {
    let removed = waiting.removeOldest(most: most) { expiry.covers($0) }
    return removed + passed.removeOldest(most: most - removed) { expiry.covers($0) }
  }

  /// The record just written stays: it is the newest of its table, and never the only one that could go.
  private mutating func makeRoom(isWaiting: Bool, _ capacity: Int) {
    if waiting.count > max(capacity / 4, isWaiting ? 1 : 0) {
      waiting.removeOldest()
    } else {
      passed.removeOldest()
    }
  }
}
