import CSQLite
import Policy

/// The tables of our database on an open connection, with every statement that they are asked.
///
/// One transaction a question; changes have to be inside one of the caller's.
final class TripletTables {
  /// `GrPo`, which `file` and the next start know the file by.
  static let application: Int64 = 0x4772_506F
  /// The schema below; a higher one was made by a newer Postern, and is left alone.
  static let version: Int64 = 2

  /// Keys as postgrey has them, times in Unix seconds.
  ///
  /// Every statement may be run on a database of an older version, which it brings to this one. `passed` is what a record came to under the delay that was in force when it was written; with `last` it finds
  /// what has expired.
  private static let schema = [
    """
    CREATE TABLE IF NOT EXISTS triplet (
      key BLOB NOT NULL PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, passed INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX IF NOT EXISTS triplet_by_use ON triplet (passed, last)",
    """
    CREATE TABLE IF NOT EXISTS client (
      key BLOB NOT NULL PRIMARY KEY, count INTEGER NOT NULL, last INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX IF NOT EXISTS client_by_use ON client (last)",
    """
    CREATE TABLE IF NOT EXISTS correspondence (
      key BLOB NOT NULL PRIMARY KEY, last INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX IF NOT EXISTS correspondence_by_use ON correspondence (last)",
    "CREATE TABLE IF NOT EXISTS awaited (sender BLOB NOT NULL, recipient BLOB, until INTEGER NOT NULL)",
    "PRAGMA application_id = \(application)",
    "PRAGMA user_version = \(version)",
  ]

  let database: Database
  private let find: Statement
  private let putTriplet: Statement
  private let putClient: Statement
  private let putCorrespondence: Statement
  private let mergeTriplet: Statement
  private let mergeClient: Statement
  private let markPassed: Statement
  private let dropWaiting: Statement
  private let dropPassed: Statement
  private let dropClients: Statement
  private let dropCorrespondences: Statement
  private let dropSurplus: Statement

  /// Makes the tables where the database is empty, and looks whether they are ours where it isn't.
  static func setUp(_ database: borrowing Database) throws(StoreFault) {
    let fault: StoreFault?
    do throws(SQLiteError) { fault = try examine(database) } catch { throw .sqlite(error) }
    if let fault { throw fault }
  }

  /// Takes a database that is set up.
  init(_ database: consuming Database) throws(SQLiteError) {
    find = try database.prepare(
      """
      SELECT triplet.first, triplet.last, client.count, client.last, correspondence.last FROM (SELECT 1)
      LEFT JOIN triplet ON triplet.key = ?1 LEFT JOIN client ON client.key = ?2
      LEFT JOIN correspondence ON correspondence.key = ?3
      """)
    putTriplet = try database.prepare(Self.putTriplet)
    putClient = try database.prepare(Self.putClient)
    putCorrespondence = try database.prepare(
      "INSERT INTO correspondence VALUES (?1, ?2) ON CONFLICT DO UPDATE SET last = excluded.last")
    mergeTriplet = try database.prepare(Self.putTriplet + " WHERE excluded.last > triplet.last")
    mergeClient = try database.prepare(Self.putClient + " WHERE excluded.last > client.last")
    markPassed = try database.prepare(
      "UPDATE triplet SET passed = 1 WHERE \(Self.oldestWaiting) AND last - first >= ?3")
    dropWaiting = try database.prepare(
      "DELETE FROM triplet WHERE \(Self.oldestWaiting) AND last - first < ?3")
    dropPassed = try database.prepare(
      """
      DELETE FROM triplet WHERE key IN (
        SELECT key FROM triplet WHERE passed = 1 AND last < ?1 ORDER BY last LIMIT ?2)
      """)
    dropClients = try database.prepare(
      "DELETE FROM client WHERE key IN (SELECT key FROM client WHERE last < ?1 ORDER BY last LIMIT ?2)")
    dropCorrespondences = try database.prepare(
      """
      DELETE FROM correspondence WHERE key IN (
        SELECT key FROM correspondence WHERE last < ?1 ORDER BY last LIMIT ?2)
      """)
    dropSurplus = try database.prepare(
      """
      DELETE FROM correspondence WHERE key IN (
        SELECT key FROM correspondence ORDER BY last
        LIMIT max(0, min(?2, (SELECT count(*) FROM correspondence) - ?1)))
      """)
    self.database = database
  }

  private static let putTriplet = """
    INSERT INTO triplet VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE
    SET first = excluded.first, last = excluded.last, passed = excluded.passed
    """
  private static let putClient = """
    INSERT INTO client VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE
    SET count = excluded.count, last = excluded.last
    """
  private static let oldestWaiting =
    "key IN (SELECT key FROM triplet WHERE passed = 0 AND last < ?1 ORDER BY last LIMIT ?2)"

  private static func examine(_ database: borrowing Database) throws(SQLiteError) -> StoreFault? {
    let application = try database.number("PRAGMA application_id")
    let version = try database.number("PRAGMA user_version")
    let isEmpty = try database.number("SELECT count(*) FROM sqlite_schema") == 0
    guard isEmpty || application == Self.application else { return .foreign }
    guard version <= Self.version else { return .newer(version: version) }
    let mode = try database.text("PRAGMA journal_mode = WAL")
    guard mode == "wal" else { return .noWriteAheadLog(mode: mode) }
    // A commit outlives the process, and a power cut from the next checkpoint on.
    try database.run("PRAGMA synchronous = NORMAL")
    // 4 MiB, and none of the file mapped: memory stays flat however large it gets.
    try database.run("PRAGMA cache_size = -4096")
    try database.run("PRAGMA mmap_size = 0")
    // The log is cut to this size when a burst is over.
    try database.run("PRAGMA journal_size_limit = 4194304")
    try database.run("PRAGMA cell_size_check = ON")
    if version < Self.version { try create(in: database) }
    return nil
  }

  private static func create(in database: borrowing Database) throws(SQLiteError) {
    try database.beginWriting()
    for text in schema { try database.run(text) }
    try database.commit()
  }
}

// MARK: Questions

extension TripletTables {
  func records(for keys: GreylistKeys) throws(SQLiteError) -> GreylistRecords {
    try find.bind(keys.triplet.bytes, at: 1)
    if let client = keys.client { try find.bind(client.bytes, at: 2) } else { try find.bindNull(at: 2) }
    if let correspondence = keys.correspondence {
      try find.bind(correspondence.bytes, at: 3)
    } else {
      try find.bindNull(at: 3)
    }
    defer { find.reset() }
    var records = GreylistRecords()
    guard try find.step() else { return records }
    if let first = find.integer(at: 0), let last = find.integer(at: 1) {
      records.triplet = TripletRecord(first: first, last: last)
    }
    if let count = find.integer(at: 2), let last = find.integer(at: 3) {
      records.client = ClientRecord(count: count, last: last)
    }
    records.correspondence = find.integer(at: 4)
    return records
  }

  func count() throws(SQLiteError) -> TripletStoreCount {
    TripletStoreCount(
      triplets: Int(try database.number("SELECT count(*) FROM triplet")),
      clients: Int(try database.number("SELECT count(*) FROM client")),
      correspondents: Int(try database.number("SELECT count(*) FROM correspondence")))
  }
}

// MARK: Changes, inside a transaction

extension TripletTables {
  func put(_ writes: GreylistWrites, delay: Int64) throws(SQLiteError) {
    if let triplet = writes.triplet {
      try Self.bind(triplet.key, triplet.record, delay: delay, to: putTriplet)
      try putTriplet.run()
    }
    if let client = writes.client {
      try Self.bind(client.key, client.record, to: putClient)
      try putClient.run()
    }
    if let correspondence = writes.correspondence {
      try putCorrespondence.bind(correspondence.key.bytes, at: 1)
      try putCorrespondence.bind(correspondence.last, at: 2)
      try putCorrespondence.run()
    }
  }

  /// Takes a triplet from elsewhere, unless what is here was seen later.
  ///
  /// - Returns: whether it was taken.
  func merge(
    _ key: TripletKey, _ record: TripletRecord, delay: Int64
  ) throws(SQLiteError) -> Bool {
    try Self.bind(key, record, delay: delay, to: mergeTriplet)
    try mergeTriplet.run()
    return database.changes > 0
  }

  /// Takes a client from elsewhere, unless what is here was seen later.
  ///
  /// - Returns: whether it was taken.
  func merge(_ key: ClientKey, _ record: ClientRecord) throws(SQLiteError) -> Bool {
    try Self.bind(key, record, to: mergeClient)
    try mergeClient.run()
    return database.changes > 0
  }

  /// - Returns: how many records went, or were found to have passed, at most `most`; fewer when none is left that has
  ///   expired.
  func drop(_ expiry: GreylistExpiry, most: Int) throws(SQLiteError) -> Int {
    let (time, delay) = (expiry.oldestWaiting, expiry.passingDelay)
    // Those that count as passed under today's delay are marked instead, and never looked at again as waiting ones.
    var dropped = try run(markPassed, before: time, most, delay: delay)
    if dropped < most { dropped += try run(dropWaiting, before: time, most - dropped, delay: delay) }
    if dropped < most { dropped += try run(dropPassed, before: expiry.oldestPassed, most - dropped) }
    if dropped < most { dropped += try run(dropClients, before: expiry.oldestPassed, most - dropped) }
    if dropped < most {
      dropped += try run(dropCorrespondences, before: expiry.oldestCorrespondence, most - dropped)
    }
    if dropped < most {
      try dropSurplus.bind(Int64(expiry.mostCorrespondents), at: 1)
      try dropSurplus.bind(Int64(most - dropped), at: 2)
      try dropSurplus.run()
      dropped += database.changes
    }
    return dropped
  }

  private func run(
    _ statement: borrowing Statement, before time: Int64, _ most: Int, delay: Int64? = nil
  ) throws(SQLiteError) -> Int {
    try statement.bind(time, at: 1)
    try statement.bind(Int64(most), at: 2)
    if let delay { try statement.bind(delay, at: 3) }
    try statement.run()
    return database.changes
  }

  private static func bind(
    _ key: TripletKey, _ record: TripletRecord, delay: Int64, to statement: borrowing Statement
  ) throws(SQLiteError) {
    try statement.bind(key.bytes, at: 1)
    try statement.bind(record.first, at: 2)
    try statement.bind(record.last, at: 3)
    try statement.bind(record.hasPassed(delay: delay) ? 1 : 0, at: 4)
  }

  private static func bind(
    _ key: ClientKey, _ record: ClientRecord, to statement: borrowing Statement
  ) throws(SQLiteError) {
    try statement.bind(key.bytes, at: 1)
    try statement.bind(record.count, at: 2)
    try statement.bind(record.last, at: 3)
  }
}
