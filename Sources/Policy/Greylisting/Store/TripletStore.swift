/// Where triplets, clients, correspondents and pools are kept between requests: a port with an implementation in memory
/// and one on disk.
///
/// Synchronous, and owned by one thread; a store on disk has a thread of its own, and answers from there. Keys are
/// bytes. What was written is what is read, until it expires or, where a store is bounded, is pushed out.
package protocol TripletStore {
  /// What is known about `keys` now, including all that was written before; about pools when their keys are there.
  mutating func records(for keys: GreylistKeys) throws(TripletStoreError) -> GreylistRecords

  /// Takes the changes of decisions, in their order, and then strangers, each unless something is known of him.
  ///
  /// All in one piece. When it returns they are as safe as this store makes them: only then "come back later" is
  /// answered.
  ///
  /// - Returns: for each stranger nil when he is one, and noted; else what is known.
  mutating func apply(
    _ writes: [GreylistWrites], strangers: [Stranger]
  ) throws(TripletStoreError) -> [GreylistRecords?]

  /// Forgets what has expired, in steps, so that nobody waits for it.
  ///
  /// - Parameters:
  ///   - expiry: what that is.
  ///   - most: the most records to change now.
  /// - Returns: how many were, forgotten or found to have passed by today's rules; fewer than `most` when there is
  ///   nothing more to forget.
  /// - Throws: when the store can't be changed.
  mutating func expire(_ expiry: GreylistExpiry, most: Int) throws(TripletStoreError) -> Int

  /// How many records there are.
  func count() throws(TripletStoreError) -> TripletStoreCount

  /// A page of the triplets in the order of their keys' bytes.
  ///
  /// - Parameters:
  ///   - key: the last one of the page before; nil for the first page.
  ///   - most: how many it may have.
  /// - Returns: fewer than `most` on the last page.
  /// - Throws: when the store can't be read.
  func triplets(after key: TripletKey?, most: Int) throws(TripletStoreError) -> [KnownTriplet]

  /// A page of the clients, likewise.
  func clients(after key: ClientKey?, most: Int) throws(TripletStoreError) -> [KnownClient]

  /// Forgets these, whatever they are worth; of pools all whose keys begin so.
  ///
  /// - Returns: how many of them there were.
  mutating func forget(
    triplets: [TripletKey], clients: [ClientKey], pools: [PoolPrefix]
  ) throws(TripletStoreError) -> TripletStoreCount

  /// The mail that is awaited, with what is over since the last change.
  func awaitedSenders() throws(TripletStoreError) -> AwaitedSenders

  /// Awaits one more, and forgets what is over.
  ///
  /// - Returns: all that is awaited then; nil when there is no room, and nothing has changed.
  mutating func await(_ sender: AwaitedSender, now: Int64) throws(TripletStoreError) -> AwaitedSenders?
}

extension TripletStore {
  /// Takes the changes of decisions alone.
  package mutating func apply(_ writes: [GreylistWrites]) throws(TripletStoreError) {
    _ = try apply(writes, strangers: [])
  }
}

/// A triplet as it stands in a store.
package struct KnownTriplet: Equatable, Sendable {
  package let key: TripletKey
  package let record: TripletRecord

  package init(key: TripletKey, record: TripletRecord) {
    self.key = key
    self.record = record
  }
}

/// A client as it stands in a store.
package struct KnownClient: Equatable, Sendable {
  package let key: ClientKey
  package let record: ClientRecord

  package init(key: ClientKey, record: ClientRecord) {
    self.key = key
    self.record = record
  }
}

/// How full a store is.
package struct TripletStoreCount: Equatable, Sendable {
  package var triplets: Int
  package var clients: Int
  package var correspondents: Int
  /// What is known under the keys of pools: organisations with their mails, and networks with sender domains.
  package var pools: Int

  package init(triplets: Int, clients: Int, correspondents: Int = 0, pools: Int = 0) {
    self.triplets = triplets
    self.clients = clients
    self.correspondents = correspondents
    self.pools = pools
  }
}

/// A store that can't do its work: the request is not greylisted, and the log says so once a minute.
package struct TripletStoreError: Error, Equatable, Sendable {
  package let reason: String

  package init(reason: String) { self.reason = reason }
}
