/// What the store knows about a triplet, in Unix seconds.
///
/// Numbers are kept between 0 and 2⁴⁰ (the year 36812): a damaged database can't make the arithmetic overflow.
package struct TripletRecord: Hashable, Sendable {
  /// The largest time and the largest count.
  package static let most: Int64 = 1 << 40

  /// The try from which the delay counts.
  package let first: Int64
  /// The last try.
  package let last: Int64

  package init(first: Int64, last: Int64) {
    self.first = min(max(first, 0), Self.most)
    self.last = min(max(last, 0), Self.most)
  }

  /// Whether a try came after the delay: mail has passed.
  package func hasPassed(delay: Int64) -> Bool { last - first >= delay }
}

/// What the store knows about a client, its numbers within the bounds of a `TripletRecord`.
package struct ClientRecord: Hashable, Sendable {
  /// Its successes, one an hour at most.
  package let count: Int64
  /// The last one that was counted, Unix seconds.
  package let last: Int64

  package init(count: Int64, last: Int64) {
    self.count = min(max(count, 0), TripletRecord.most)
    self.last = min(max(last, 0), TripletRecord.most)
  }
}

/// The store's answer to `GreylistKeys`.
package struct GreylistRecords: Equatable, Sendable {
  package var triplet: TripletRecord?
  package var client: ClientRecord?
  /// When the recipient wrote to the sender last, Unix seconds.
  package var correspondence: Int64?
  /// Nil when they weren't asked for, as for a triplet that is known to pass.
  package var pools: PoolRecords?

  package init(
    triplet: TripletRecord? = nil, client: ClientRecord? = nil, correspondence: Int64? = nil,
    pools: PoolRecords? = nil
  ) {
    self.triplet = triplet
    self.client = client
    self.correspondence = correspondence
    self.pools = pools
  }
}

/// What a decision changes: whole records, so that writing one twice does no harm.
package struct GreylistWrites: Equatable, Sendable {
  package var triplet: TripletWrite?
  package var client: ClientWrite?
  package var correspondence: CorrespondenceWrite?
  /// One of an organisation and one of a network at most.
  package var pools: [PoolWrite]

  package init(
    triplet: TripletWrite? = nil, client: ClientWrite? = nil, correspondence: CorrespondenceWrite? = nil,
    pools: [PoolWrite] = []
  ) {
    self.triplet = triplet
    self.client = client
    self.correspondence = correspondence
    self.pools = pools
  }

  package var isEmpty: Bool {
    triplet == nil && client == nil && correspondence == nil && pools.isEmpty
  }
}

/// A triplet as it is from now on.
package struct TripletWrite: Equatable, Sendable {
  package let key: TripletKey
  package let record: TripletRecord
  /// Whether the answer says "come back later": then it is given only after the record is safe.
  package let isAwaited: Bool

  package init(key: TripletKey, record: TripletRecord, isAwaited: Bool) {
    self.key = key
    self.record = record
    self.isAwaited = isAwaited
  }
}

/// A client as it is from now on.
package struct ClientWrite: Equatable, Sendable {
  package let key: ClientKey
  package let record: ClientRecord

  package init(key: ClientKey, record: ClientRecord) {
    self.key = key
    self.record = record
  }
}
