/// What the store knows under `PoolKeys`.
package struct PoolRecords: Equatable, Sendable {
  /// The tries of an organisation's clients.
  package var organisation: TripletRecord?
  /// A network that has come back: `first` is the try that had to wait.
  package var network: TripletRecord?

  package init(organisation: TripletRecord? = nil, network: TripletRecord? = nil) {
    self.organisation = organisation
    self.network = network
  }
}

/// What is known of a pool from now on.
package struct PoolWrite: Equatable, Sendable {
  package let key: PoolKey
  package let record: TripletRecord

  package init(key: PoolKey, record: TripletRecord) {
    self.key = key
    self.record = record
  }
}
