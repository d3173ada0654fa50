/// What one more try makes of a triplet and of what is known of its pool.
struct PoolStep: Equatable {
  /// What the try is judged by: the triplet's own tries, or those of the client's organisation when these wait less.
  let counting: TripletStep
  /// Whether it is judged by the organisation's.
  let isByOrganisation: Bool
  /// The triplet from now on: one that passes by its organisation is known from now on.
  let record: TripletRecord
  /// What the store has to learn of the pool.
  let writes: [PoolWrite]

  /// Between two writes of a time of last use, seconds: these are for `max_age`, which counts days.
  private static let interval: Int64 = 86_400

  init(_ own: TripletStep, _ keys: PoolKeys?, _ records: PoolRecords?, now: Int64, by rules: GreylistRules) {
    guard let keys, let records else {
      (counting, isByOrganisation, record, writes) = (own, false, own.record, [])
      return
    }
    let key = keys.organisation
    let organisation = key.map { _ in TripletStep(records.organisation, now: now, by: rules) }
    isByOrganisation = own.missing > 0 && (organisation.map { $0.missing < own.missing } ?? false)
    counting = isByOrganisation ? organisation ?? own : own
    if counting.missing > 0 {
      record = own.record
      // That a network was seen says nothing before it has come back.
      writes = Self.writes(key, organisation?.record)
    } else {
      let passed = TripletRecord(first: counting.record.first, last: now)
      record = passed
      let known = [(key, records.organisation), (keys.network, records.network)]
      writes = known.flatMap { key, record in
        Self.isFresh(record, now: now, by: rules) ? [] : Self.writes(key, passed)
      }
    }
  }

  private static func isFresh(_ record: TripletRecord?, now: Int64, by rules: GreylistRules) -> Bool {
    guard let record, record.hasPassed(delay: rules.delay) else { return false }
    return (0..<interval).contains(now - record.last)
  }

  private static func writes(_ key: PoolKey?, _ record: TripletRecord?) -> [PoolWrite] {
    guard let key, let record else { return [] }
    return [PoolWrite(key: key, record: record)]
  }

  /// Whether the network is known for another mail of the sender's domain; with what the store has to learn of it.
  static func knowsNetwork(
    _ keys: PoolKeys?, _ records: PoolRecords?, now: Int64, by rules: GreylistRules
  ) -> [PoolWrite]? {
    guard let record = records?.network, record.hasPassed(delay: rules.delay), let key = keys?.network
    else { return nil }
    if isFresh(record, now: now, by: rules) { return [] }
    return [PoolWrite(key: key, record: TripletRecord(first: record.first, last: now))]
  }
}
