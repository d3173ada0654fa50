/// A store that forgets everything with the process, and never takes more than its share of memory.
///
/// When it is full of triplets, those that never passed go first, the one that was seen longest ago before the
/// others, unless they are less than a quarter: a flood of strangers doesn't push out who has waited, and who has
/// waited leaves room for those who come. A record takes some 200 bytes,
/// and never more than 1.5 KiB.
package struct MemoryTripletStore: TripletStore {
  private let capacity: Int
  private let delay: Int64
  private var triplets = ReturnTable<TripletKey>()
  private var pools = ReturnTable<PoolKey>()
  private var clients = RecencyTable<ClientKey, ClientRecord>()
  /// When each was written to last.
  private var correspondences = RecencyTable<CorrespondenceKey, Int64>()
  private var awaited = AwaitedSenders()

  /// An empty store.
  ///
  /// - Parameters:
  ///   - capacity: the most triplets, and as many clients, correspondents and records of pools; at least 1.
  ///   - delay: which triplets count as passed when there is no room left, seconds.
  package init(capacity: Int, delay: Int64) {
    precondition(capacity > 0, "a store holds something")
    self.capacity = capacity
    self.delay = delay
  }

  package func records(for keys: GreylistKeys) -> GreylistRecords {
    GreylistRecords(
      triplet: triplets[keys.triplet], client: keys.client.flatMap { clients[$0] },
      correspondence: keys.correspondence.flatMap { correspondences[$0] },
      pools: keys.pools.map { keys in
        PoolRecords(
          organisation: keys.organisation.flatMap { pools[$0] }, network: keys.network.flatMap { pools[$0] })
      })
  }

  package mutating func apply(_ writes: [GreylistWrites], strangers: [Stranger]) -> [GreylistRecords?] {
    for write in writes { put(write) }
    return strangers.map { stranger in
      let records = records(for: stranger.keys)
      guard stranger.isConfirmed(by: records) else { return records }
      put(stranger.writes)
      return nil
    }
  }

  package mutating func apply(_ writes: [GreylistWrites]) { _ = apply(writes, strangers: []) }

  private mutating func put(_ write: GreylistWrites) {
    if let triplet = write.triplet {
      triplets.put(triplet.record, for: triplet.key, delay: delay, capacity: capacity)
    }
    for pool in write.pools { pools.put(pool.record, for: pool.key, delay: delay, capacity: capacity) }
    if let client = write.client {
      clients.put(client.record, for: client.key)
      if clients.count > capacity { clients.removeOldest() }
    }
    if let correspondence = write.correspondence {
      correspondences.put(correspondence.last, for: correspondence.key)
      if correspondences.count > capacity { correspondences.removeOldest() }
    }
  }

  package mutating func expire(_ expiry: GreylistExpiry, most: Int) -> Int {
    var left = most
    left -= triplets.removeExpired(expiry, most: left)
    left -= pools.removeExpired(expiry, most: left)
    left -= clients.removeOldest(most: left) { expiry.covers($0) }
    left -= correspondences.removeOldest(most: left) { $0 < expiry.oldestCorrespondence }
    let surplus = max(0, correspondences.count - expiry.mostCorrespondents)
    left -= correspondences.removeOldest(most: min(left, surplus)) { _ in true }
    return most - left
  }

  package func count() -> TripletStoreCount {
    TripletStoreCount(
      triplets: triplets.count, clients: clients.count, correspondents: correspondences.count,
      pools: pools.count)
  }

  /// Sorts all keys for each page: for stores of a few thousand.
  package func triplets(after key: TripletKey?, most: Int) -> [KnownTriplet] {
    Self.page(triplets.keys, after: key, most: most, by: \.bytes).compactMap { key in
      triplets[key].map { KnownTriplet(key: key, record: $0) }
    }
  }

  package func clients(after key: ClientKey?, most: Int) -> [KnownClient] {
    Self.page(clients.keys, after: key, most: most, by: \.bytes).compactMap { key in
      clients[key].map { KnownClient(key: key, record: $0) }
    }
  }

  package mutating func forget(
    triplets: [TripletKey], clients: [ClientKey], pools prefixes: [PoolPrefix]
  ) -> TripletStoreCount {
    let before = count()
    for key in triplets { self.triplets.remove(key) }
    for key in clients { self.clients.remove(key) }
    for key in pools.keys where prefixes.contains(where: { $0.matches(key) }) { pools.remove(key) }
    let after = count()
    return TripletStoreCount(
      triplets: before.triplets - after.triplets, clients: before.clients - after.clients,
      pools: before.pools - after.pools)
  }

  package func awaitedSenders() -> AwaitedSenders { awaited }

  package mutating func await(_ sender: AwaitedSender, now: Int64) -> AwaitedSenders? {
    var more = awaited
    guard more.add(sender, now: now) else { return nil }
    awaited = more
    return more
  }

  private static func page<Key>(
    _ keys: [Key], after last: Key?, most: Int, by bytes: (Key) -> [UInt8]
  ) -> [Key] {
    let rest = keys.filter { key in last.map { bytes($0).lexicographicallyPrecedes(bytes(key)) } ?? true }
    return Array(rest.sorted { bytes($0).lexicographicallyPrecedes(bytes($1)) }.prefix(most))
  }
}
