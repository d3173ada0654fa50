/// A store that forgets everything with the process, and never takes more than its share of memory.
///
/// When it is full of triplets, those that never passed go first, the one that was seen longest ago before the
/// others, unless they are less than a quarter: a flood of strangers doesn't push out who has waited, and who has
/// waited leaves room for those who come. A record takes some 200 bytes,
/// and never more than 1.5 KiB.
package struct MemoryTripletStore: TripletStore {
  private let capacity: Int
  private let delay: Int64
  private var waiting = RecencyTable<TripletKey, TripletRecord>()
  private var passed = RecencyTable<TripletKey, TripletRecord>()
  private var clients = RecencyTable<ClientKey, ClientRecord>()

  /// An empty store.
  ///
  /// - Parameters:
  ///   - capacity: the most triplets, and the most clients; at least 1.
  ///   - delay: which triplets count as passed when there is no room left, seconds.
  package init(capacity: Int, delay: Int64) {
    precondition(capacity > 0, "a store holds something")
    self.capacity = capacity
    self.delay = delay
  }

  package func records(for keys: GreylistKeys) -> GreylistRecords {
    GreylistRecords(
      triplet: passed[keys.triplet] ?? waiting[keys.triplet], client: keys.client.flatMap { clients[$0] })
  }

  package mutating func apply(_ writes: [GreylistWrites]) {
    for write in writes {
      if let triplet = write.triplet { put(triplet) }
      if let client = write.client {
        clients.put(client.record, for: client.key)
        if clients.count > capacity { clients.removeOldest() }
      }
    }
  }

  package mutating func expire(_ expiry: GreylistExpiry, most: Int) -> Int {
    var left = most
    left -= waiting.removeOldest(most: left) { expiry.covers($0) }
    left -= passed.removeOldest(most: left) { expiry.covers($0) }
    left -= clients.removeOldest(most: left) { expiry.covers($0) }
    return most - left
  }

  package func count() -> TripletStoreCount {
    TripletStoreCount(triplets: waiting.count + passed.count, clients: clients.count)
  }

  private mutating func put(_ triplet: TripletWrite) {
    if triplet.record.hasPassed(delay: delay) {
      waiting.remove(triplet.key)
      passed.put(triplet.record, for: triplet.key)
    } else {
      passed.remove(triplet.key)
      waiting.put(triplet.record, for: triplet.key)
    }
    if waiting.count + passed.count > capacity { makeRoom(for: triplet) }
  }

  /// The record just written stays: it is the newest of its table, and never the only one that could go.
  private mutating func makeRoom(for triplet: TripletWrite) {
    let isWaiting = waiting[triplet.key] != nil
    if waiting.count > max(capacity / 4, isWaiting ? 1 : 0) {
      waiting.removeOldest()
    } else {
      passed.removeOldest()
    }
  }
}
