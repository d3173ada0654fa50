import CSQLite
import Policy

/// The tables of our database on an open connection, with every statement that they are asked.
///
/// One transaction a question; changes have to be inside one of the caller's.
final class TripletTables {
  /// `GrPo`, which `file` and the next start know the file by.
  static let application: Int64 = 0x4772_506F
  /// The schema below; a higher one was made by a newer Postern, and is left alone.
  static let version: Int64 = 3

  /// Keys as postgrey has them, times in Unix seconds.
  ///
  /// Every statement may be run on a database of an older version, which it brings to this one. `passed` is what a
  /// record came to under the delay that was in force when it was written; with `last` it finds what has expired.
  private static let schema = [
    """
    CREATE TABLE IF NOT EXISTS triplet (
      key BLOB NOT NULL PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, passed INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX IF NOT EXISTS triplet_by_use ON triplet (passed, last)",
    """
    CREATE TABLE IF NOT EXISTS pool (
      key BLOB NOT NULL PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL, passed INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX IF NOT EXISTS pool_by_use ON pool (passed, last)",
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
  private let triplets: ReturnStatements
  private let pools: ReturnStatements
  private let putClient: Statement
  private let putCorrespondence: Statement
  private let mergeClient: Statement
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
      SELECT triplet.first, triplet.last, client.count, client.last, correspondence.last, organisation.first,
        organisation.last, network.first, network.last FROM (SELECT 1)
      LEFT JOIN triplet ON triplet.key = ?1 LEFT JOIN client ON client.key = ?2
      LEFT JOIN correspondence ON correspondence.key = ?3
      LEFT JOIN pool AS organisation ON organisation.key = ?4 LEFT JOIN pool AS network ON network.key = ?5
      """)
    triplets = try ReturnStatements(for: "triplet", in: database)
    pools = try ReturnStatements(for: "pool", in: database)
    putClient = try database.prepare(Self.putClient)
    putCorrespondence = try database.prepare(
      "INSERT INTO correspondence VALUES (?1, ?2) ON CONFLICT DO UPDATE SET last = excluded.last")
    mergeClient = try database.prepare(Self.putClient + " WHERE excluded.last > client.last")
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

  private static let putClient = """
    INSERT INTO client VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE
    SET count = excluded.count, last = excluded.last
    """

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
    // 7 MiB, and none of the file mapped: memory stays flat however large it gets.
    try database.run("PRAGMA cache_size = -7168")
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
    try find.bind(keys.client?.bytes, at: 2)
    try find.bind(keys.correspondence?.bytes, at: 3)
    try find.bind(keys.pools?.organisation?.bytes, at: 4)
    try find.bind(keys.pools?.network?.bytes, at: 5)
    defer { find.reset() }
    var records = GreylistRecords()
    guard try find.step() else { return records }
    records.triplet = tripletRecord(at: 0)
    if let count = find.integer(at: 2), let last = find.integer(at: 3) {
      records.client = ClientRecord(count: count, last: last)
    }
    records.correspondence = find.integer(at: 4)
    if keys.pools != nil {
      records.pools = PoolRecords(organisation: tripletRecord(at: 5), network: tripletRecord(at: 7))
    }
    return records
  }

  private func tripletRecord(at column: Int32) -> TripletRecord? {
    guard let first = find.integer(at: column), let last = find.integer(at: column + 1) else { return nil }
    return TripletRecord(first: first, last: last)
  }

  func count() throws(SQLiteError) -> TripletStoreCount {
    TripletStoreCount(
      triplets: Int(try database.number("SELECT count(*) FROM triplet")),
      clients: Int(try database.number("SELECT count(*) FROM client")),
      correspondents: Int(try database.number("SELECT count(*) FROM correspondence")),
      pools: Int(try database.number("SELECT count(*) FROM pool")))
  }
}

// MARK: Changes, inside a transaction

extension TripletTables {
  func put(_ writes: GreylistWrites, delay: Int64) throws(SQLiteError) {
    if let triplet = writes.triplet { try triplets.put(triplet.key.bytes, triplet.record, delay: delay) }
    for pool in writes.pools { try pools.put(pool.key.bytes, pool.record, delay: delay) }
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

  /// Notes a stranger, unless something is known of him: then that is returned.
  func take(_ stranger: Stranger, delay: Int64) throws(SQLiteError) -> GreylistRecords? {
    let records = try records(for: stranger.keys)
    guard stranger.isConfirmed(by: records) else { return records }
    try put(stranger.writes, delay: delay)
    return nil
  }

  /// Takes a triplet from elsewhere, unless what is here was seen later.
  ///
  /// - Returns: whether it was taken.
  func merge(
    _ key: TripletKey, _ record: TripletRecord, delay: Int64
  ) throws(SQLiteError) -> Bool {
    try triplets.merge(key.bytes, record, delay: delay)
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
    var dropped = try triplets.drop(expiry, most: most, in: database)
    if dropped < most { dropped += try pools.drop(expiry, most: most - dropped, in: database) }
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
    _ statement: borrowing Statement, before time: Int64, _ most: Int
  ) throws(SQLiteError) -> Int {
    try statement.bind(time, at: 1)
    try statement.bind(Int64(most), at: 2)
    try statement.run()
    return database.changes
  }

  private static func bind(
    _ key: ClientKey, _ record: ClientRecord, to statement: borrowing Statement
  ) throws(SQLiteError) {
    try statement.bind(key.bytes, at: 1)
    try statement.bind(record.count, at: 2)
    try statement.bind(record.last, at: 3)
  }
}
