import CSQLite
package import Policy
import SystemCalls

/// The store in a file: an SQLite database with a write-ahead log.
///
/// What `apply` and `expire` have returned for survives the end of the process, however it comes; a power cut takes
/// at most what was written since the last checkpoint, which is a minute when `expire` is called that often.
/// Every trouble is an error for the request at hand, and the next one tries again: a file that was locked, a full
/// disk or a missing directory mend by themselves. A database of ours that is damaged is set aside as
/// `PATH.damaged`, and an empty one takes its place. What is no database of ours is left alone.
///
/// For one thread at a time. Takes 7 MiB for pages, whatever the size of the file.
package final class SQLiteTripletStore: TripletStore {
  /// The longest wait for a lock that another program holds, milliseconds.
  private static let patience: Int32 = 100
  /// How often what is written is brought from the log to the database and to the disk, seconds.
  private static let checkpointInterval: Int64 = 60

  private let file: DatabaseFile
  private var delay: Int64
  private var tables: TripletTables?
  private var lastCheckpoint: Int64 = 0

  /// A store whose file is opened, or made, by the first question.
  ///
  /// - Parameters:
  ///   - path: the file's; its directory must be there.
  ///   - delay: which triplets count as passed when they are written, seconds; from the first `expire` on its own.
  package init(path: String, delay: Int64) {
    file = DatabaseFile(path: path)
    self.delay = delay
  }

  package func records(for keys: GreylistKeys) throws(TripletStoreError) -> GreylistRecords {
    try attempt { tables throws(SQLiteError) in try tables.records(for: keys) }
  }

  package func apply(_ writes: [GreylistWrites]) throws(TripletStoreError) {
    _ = try apply(writes, strangers: [])
  }

  package func apply(
    _ writes: [GreylistWrites], strangers: [Stranger]
  ) throws(TripletStoreError) -> [GreylistRecords?] {
    let delay = delay
    return try write(mayOnlyRead: writes.isEmpty) { tables throws(SQLiteError) in
      for write in writes { try tables.put(write, delay: delay) }
      var known: [GreylistRecords?] = []
      known.reserveCapacity(strangers.count)
      for stranger in strangers { known.append(try tables.take(stranger, delay: delay)) }
      return known
    }
  }

  package func expire(_ expiry: GreylistExpiry, most: Int) throws(TripletStoreError) -> Int {
    delay = expiry.passingDelay
    let dropped = try write { tables throws(SQLiteError) in try tables.drop(expiry, most: most) }
    if abs(expiry.now - lastCheckpoint) >= Self.checkpointInterval {
      try checkpoint()
      lastCheckpoint = expiry.now
    }
    return dropped
  }

  package func count() throws(TripletStoreError) -> TripletStoreCount {
    try attempt { tables throws(SQLiteError) in try tables.count() }
  }

  package func triplets(after key: TripletKey?, most: Int) throws(TripletStoreError) -> [KnownTriplet] {
    try attempt { tables throws(SQLiteError) in try tables.triplets(after: key, most: most) }
  }

  package func clients(after key: ClientKey?, most: Int) throws(TripletStoreError) -> [KnownClient] {
    try attempt { tables throws(SQLiteError) in try tables.clients(after: key, most: most) }
  }

  package func forget(
    triplets: [TripletKey], clients: [ClientKey], pools: [PoolPrefix]
  ) throws(TripletStoreError) -> TripletStoreCount {
    try write { tables throws(SQLiteError) in
      TripletStoreCount(
        triplets: try tables.forget(triplets), clients: try tables.forget(clients),
        pools: try tables.forget(pools))
    }
  }

  package func awaitedSenders() throws(TripletStoreError) -> AwaitedSenders {
    try attempt { tables throws(SQLiteError) in try tables.awaitedSenders() }
  }

  package func await(_ sender: AwaitedSender, now: Int64) throws(TripletStoreError) -> AwaitedSenders? {
    try write { tables throws(SQLiteError) in
      var awaited = try tables.awaitedSenders()
      guard awaited.add(sender, now: now) else { return nil }
      try tables.put(awaited)
      return awaited
    }
  }

  /// Brings what is written to the disk, as far as no reader is in the way.
  package func checkpoint() throws(TripletStoreError) {
    try attempt { tables throws(SQLiteError) in try tables.database.run("PRAGMA wal_checkpoint(PASSIVE)") }
  }

  /// Closes the file, which takes the log in; the next question opens it again.
  package func close() { tables = nil }
}

// MARK: Records from elsewhere

extension SQLiteTripletStore {
  /// Takes records of another store in one transaction, each unless what is here was seen later.
  ///
  /// - Returns: how many were taken.
  package func merge(_ records: [GreylistWrites]) throws(TripletStoreError) -> TripletStoreCount {
    let delay = delay
    return try write { tables throws(SQLiteError) in
      var taken = TripletStoreCount(triplets: 0, clients: 0)
      for record in records {
        if let triplet = record.triplet, try tables.merge(triplet.key, triplet.record, delay: delay) {
          taken.triplets += 1
        }
        if let client = record.client, try tables.merge(client.key, client.record) { taken.clients += 1 }
      }
      return taken
    }
  }
}

// MARK: Trouble

extension SQLiteTripletStore {
  /// Runs `body` as one transaction; where it may turn out that nothing is written, nobody waits for that until another
  /// program has written.
  ///
  /// What is to be written after all then waits as usual, and `body` runs again.
  private func write<Result>(
    mayOnlyRead: Bool = false, _ body: (TripletTables) throws(SQLiteError) -> Result
  ) throws(TripletStoreError) -> Result {
    try attempt { tables throws(SQLiteError) in
      if mayOnlyRead, let result = try Self.unlessLocked(tables, body) { return result }
      try tables.database.beginWriting()
      let result = try body(tables)
      try tables.database.commit()
      return result
    }
  }

  /// Nil when another program writes, and this had to write as well.
  private static func unlessLocked<Result>(
    _ tables: TripletTables, _ body: (TripletTables) throws(SQLiteError) -> Result
  ) throws(SQLiteError) -> Result? {
    do throws(SQLiteError) {
      try tables.database.begin()
      let result = try body(tables)
      try tables.database.commit()
      return result
    } catch {
      guard error.kind == SQLITE_BUSY else { throw error }
      tables.database.rollBack()
      return nil
    }
  }

  private func attempt<Result>(
    _ body: (TripletTables) throws(SQLiteError) -> Result
  ) throws(TripletStoreError) -> Result {
    do throws(StoreFault) {
      let tables = try opened()
      do throws(SQLiteError) {
        return try body(tables)
      } catch {
        tables.database.rollBack()
        throw StoreFault.sqlite(error)
      }
    } catch {
      throw TripletStoreError(reason: "\(file.path): \(mend(error))")
    }
  }

  private func opened() throws(StoreFault) -> TripletTables {
    if let tables { return tables }
    do throws(SystemError) { try file.create() } catch { throw .system(error) }
    let tables = try open(file.pathWithoutLinks)
    self.tables = tables
    return tables
  }

  private func open(_ path: String) throws(StoreFault) -> TripletTables {
    let database = try StoreFault.inSQLite { () throws(SQLiteError) in
      try Database(path: path, patience: Self.patience)
    }
    try TripletTables.setUp(database)
    do throws(SQLiteError) { return try TripletTables(database) } catch { throw .sqlite(error) }
  }

  /// Brings the store into a state from which the next question can begin anew.
  ///
  /// - Returns: what an administrator is told.
  private func mend(_ fault: StoreFault) -> String {
    // A connection that was only kept waiting, or had no room, is as good as before.
    guard !fault.isPassing else { return fault.reason }
    let wasOpen = tables != nil
    tables = nil
    guard fault.isDamage, wasOpen || file.isOurs else { return fault.reason }
    do throws(SystemError) {
      try file.setAside()
      return "damaged; it is set aside as \(file.damagedPath), and an empty one takes its place"
    } catch {
      return "damaged, and can't be set aside: \(error.reason)"
    }
  }
}

// MARK: The tests' hold on it

extension SQLiteTripletStore {
  /// Lets the file grow to so many pages and no further, as a full disk would.
  func limitPages(to count: Int64) throws(TripletStoreError) {
    try attempt { tables throws(SQLiteError) in try tables.database.run("PRAGMA max_page_count = \(count)") }
  }
}
