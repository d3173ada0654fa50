/// Where triplets and clients are kept between requests: a port with an implementation in memory and one on disk.
///
/// Synchronous, and owned by one thread; a store on disk has a thread of its own, and answers from there. Keys are
/// bytes. What was written is what is read, until it expires or, where a store is bounded, is pushed out.
package protocol TripletStore {
  /// What is known about `keys` now, including all that was written before.
  mutating func records(for keys: GreylistKeys) throws(TripletStoreError) -> GreylistRecords

  /// Takes the changes of decisions, in their order. When it returns they are as safe as this store makes them:
  /// only then "come back later" is answered.
  mutating func apply(_ writes: [GreylistWrites]) throws(TripletStoreError)

  /// Forgets what has expired, in steps, so that nobody waits for it.
  ///
  /// - Parameters:
  ///   - expiry: what that is.
  ///   - most: the most records to forget now.
  /// - Returns: how many were; fewer than `most` when there is nothing more to forget.
  /// - Throws: when the store can't be changed.
  mutating func expire(_ expiry: GreylistExpiry, most: Int) throws(TripletStoreError) -> Int

  /// How many records there are.
  func count() throws(TripletStoreError) -> TripletStoreCount
}

/// How full a store is.
package struct TripletStoreCount: Equatable, Sendable {
  package var triplets: Int
  package var clients: Int

  package init(triplets: Int, clients: Int) {
    self.triplets = triplets
    self.clients = clients
  }
}

/// A store that can't do its work: the request is not greylisted, and the log says so once a minute.
package struct TripletStoreError: Error, Equatable, Sendable {
  package let reason: String

  package init(reason: String) { self.reason = reason }
}
