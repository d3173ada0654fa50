import Glibc
package import Policy

/// Takes the records of a postgrey database into our store.
///
/// postgrey may run meanwhile: what it learns later is missing then. Its directory is only read, and has to be
/// readable, as root and its own user can. Room for a copy is needed.
package struct PostgreyImport {
  /// Who else writes to the store.
  package enum Pace: Sendable {
    /// Nobody: as fast as it goes.
    case alone
    /// The service: after each step it gets as much time as the step took.
    case besideService
  }

  /// How many records are one transaction.
  private static let step = 500

  private let expiry: GreylistExpiry
  private let pace: Pace

  /// - Parameters:
  ///   - expiry: what isn't worth taking.
  ///   - pace: how to share the store.
  package init(expiry: GreylistExpiry, pace: Pace) {
    self.expiry = expiry
    self.pace = pace
  }

  /// Takes everything that is worth it.
  ///
  /// - Parameters:
  ///   - directory: postgrey's, its `--dbdir`.
  ///   - store: may hold records already; those seen later win.
  ///   - scratch: an existing directory where the copy can be, and where nobody else can put something in its place.
  /// - Returns: what became of the records.
  /// - Throws: when it can't be completed; what was taken until then stays, and can be taken again.
  package func run(
    from directory: String, into store: SQLiteTripletStore, scratch: String
  ) throws(PostgreyImportError) -> PostgreyImportReport {
    var report = PostgreyImportReport()
    var copy = try PostgreyCopy(of: directory, in: scratch)
    if !copy.log.isEmpty {
      do throws(PostgreyImportError) {
        try BerkeleyProgram.recover.run(["-c", "-h", copy.directory]) { _ in }
      } catch {
        if case .noProgram = error { throw error }
        // Such as a log of another version, which an upgrade leaves: the files alone, as they are, are most of it.
        report.logTrouble = error
        copy = try PostgreyCopy(of: directory, in: scratch)
      }
    }
    report.triplets = try take(PostgreyCopy.triplets, of: copy.directory, into: store) { pair in
      TripletWrite(postgrey: pair).map { (GreylistWrites(triplet: $0), expiry.covers($0.record)) }
    }
    if copy.hasClients {
      report.clients = try take(PostgreyCopy.clients, of: copy.directory, into: store) { pair in
        ClientWrite(postgrey: pair).map { (GreylistWrites(client: $0), expiry.covers($0.record)) }
      }
    }
    return report
  }

  /// Takes one of postgrey's files, of which `read` makes records.
  private func take(
    _ name: String, of directory: String, into store: SQLiteTripletStore,
    _ read: (DatabaseDump.Pair) -> (record: GreylistWrites, hasExpired: Bool)?
  ) throws(PostgreyImportError) -> PostgreyImportCounts {
    var counts = PostgreyImportCounts()
    var dump = DatabaseDump()
    var step: [GreylistWrites] = []
    try BerkeleyProgram.dump.run(["\(directory)/\(name)"]) { bytes throws(PostgreyImportError) in
      for pair in try Self.read(bytes, by: &dump, of: name) {
        switch read(pair) {
        case nil: counts.malformed += 1
        case (_, hasExpired: true)?: counts.expired += 1
        case (let record, hasExpired: false)?: step.append(record)
        }
        if step.count == Self.step { try merge(&step, into: store, &counts) }
      }
    }
    do throws(DatabaseDump.Fault) { try dump.finish() } catch { throw .dump(file: name, error) }
    try merge(&step, into: store, &counts)
    counts.malformed += dump.malformed
    return counts
  }

  private static func read(
    _ bytes: ArraySlice<UInt8>, by dump: inout DatabaseDump, of name: String
  ) throws(PostgreyImportError) -> [DatabaseDump.Pair] {
    do throws(DatabaseDump.Fault) { return try dump.read(bytes) } catch { throw .dump(file: name, error) }
  }

  private func merge(
    _ step: inout [GreylistWrites], into store: SQLiteTripletStore, _ counts: inout PostgreyImportCounts
  ) throws(PostgreyImportError) {
    let start = ContinuousClock.now
    let taken: TripletStoreCount
    do throws(TripletStoreError) { taken = try store.merge(step) } catch { throw .store(error) }
    counts.taken += taken.triplets + taken.clients
    counts.known += step.count - taken.triplets - taken.clients
    step.removeAll(keepingCapacity: true)
    if case .besideService = pace {
      usleep(UInt32(min((ContinuousClock.now - start) / .microseconds(1), 100_000)))
    }
  }
}
