import Policy

/// The changes of a table of those that have to come back: triplets, and what is known of pools.
///
/// Its columns are `key`, `first`, `last`, and whether it has `passed` by the delay of the day on which it was written.
final class ReturnStatements {
  private let put: Statement
  private let merge: Statement
  private let markPassed: Statement
  private let dropWaiting: Statement
  private let dropPassed: Statement

  init(for table: String, in database: borrowing Database) throws(SQLiteError) {
    let put = """
      INSERT INTO \(table) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE
      SET first = excluded.first, last = excluded.last, passed = excluded.passed
      """
    let oldestWaiting =
      "key IN (SELECT key FROM \(table) WHERE passed = 0 AND last < ?1 ORDER BY last LIMIT ?2)"
    self.put = try database.prepare(put)
    merge = try database.prepare(put + " WHERE excluded.last > \(table).last")
    markPassed = try database.prepare(
      "UPDATE \(table) SET passed = 1 WHERE \(oldestWaiting) AND last - first >= ?3")
    dropWaiting = try database.prepare("DELETE FROM \(table) WHERE \(oldestWaiting) AND last - first < ?3")
    dropPassed = try database.prepare(
      """
      DELETE FROM \(table) WHERE key IN (
        SELECT key FROM \(table) WHERE passed = 1 AND last < ?1 ORDER BY last LIMIT ?2)
      """)
  }

  func put(_ key: [UInt8], _ record: TripletRecord, delay: Int64) throws(SQLiteError) {
    try Self.run(put, key, record, delay)
  }

  /// Takes a record from elsewhere, unless what is here was seen later.
  func merge(_ key: [UInt8], _ record: TripletRecord, delay: Int64) throws(SQLiteError) {
    try Self.run(merge, key, record, delay)
  }

  /// - Returns: how many records went, or were found to have passed, at most `most`; fewer when none is left that has
  ///   expired.
  func drop(_ expiry: GreylistExpiry, most: Int, in database: borrowing Database) throws(SQLiteError) -> Int {
    // Those that count as passed under today's delay are marked instead, and never looked at again as waiting ones.
    var dropped = 0
    try Self.run(markPassed, before: expiry.oldestWaiting, most, delay: expiry.passingDelay)
    dropped += database.changes
    guard dropped < most else { return dropped }
    try Self.run(dropWaiting, before: expiry.oldestWaiting, most - dropped, delay: expiry.passingDelay)
    dropped += database.changes
    guard dropped < most else { return dropped }
    try Self.run(dropPassed, before: expiry.oldestPassed, most - dropped)
    return dropped + database.changes
  }

  private static func run(
    _ statement: borrowing Statement, _ key: [UInt8], _ record: TripletRecord, _ delay: Int64
  ) throws(SQLiteError) {
    try statement.bind(key, at: 1)
    try statement.bind(record.first, at: 2)
    try statement.bind(record.last, at: 3)
    try statement.bind(record.hasPassed(delay: delay) ? 1 : 0, at: 4)
    try statement.run()
  }

  private static func run(
    _ statement: borrowing Statement, before time: Int64, _ most: Int, delay: Int64? = nil
  ) throws(SQLiteError) {
    try statement.bind(time, at: 1)
    try statement.bind(Int64(most), at: 2)
    if let delay { try statement.bind(delay, at: 3) }
    try statement.run()
  }
}
