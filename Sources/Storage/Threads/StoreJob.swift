package import Policy

/// A question to the store, on its way to the thread.
package enum StoreJob: Equatable, Sendable {
  case find(GreylistKeys)
  /// Answered when the changes are committed.
  case apply([GreylistWrites])
  case expire(GreylistExpiry, most: Int)
  case count
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
    case failed(TripletStoreError)
  }
}
