package import Policy

/// A question to the store, on its way to the thread.
package enum StoreJob: Equatable, Sendable {
  case find(GreylistKeys)
  /// Answered as `applied` when he is one and is noted, else with what is known of him.
  case meet(Stranger)
  /// Answered when the changes are committed.
  case apply([GreylistWrites])
  case expire(GreylistExpiry, most: Int)
  case count
  /// A page of the triplets, and of the clients; whoever asks takes small ones, so that nobody waits for them.
  case triplets(after: TripletKey?, most: Int)
  case clients(after: ClientKey?, most: Int)
  case forget(triplets: [TripletKey], clients: [ClientKey], pools: [PoolPrefix])
  case awaited
  case await(AwaitedSender, now: Int64)
}

/// What the store said, on its way back.
package struct StoreAnswer: Equatable, Sendable {
  /// The one that came with the job.
  package let ticket: UInt64
  package let outcome: Outcome

  package enum Outcome: Equatable, Sendable {
    case found(GreylistRecords)
    case applied
    /// How many records went.
    case expired(Int)
    case counted(TripletStoreCount)
    case triplets([KnownTriplet])
    case clients([KnownClient])
    /// How many there were.
    case forgotten(TripletStoreCount)
    /// Nil when there was no room for one more.
    case awaited(AwaitedSenders?)
    case failed(TripletStoreError)
  }
}
