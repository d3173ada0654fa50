import Glibc
package import Policy
import SystemCalls

/// The first start in postgrey's place: its database becomes ours.
package enum TakeOver {
  /// Our file in postgrey's directory.
  package static let fileName = "postern.db"

  /// What there was to do.
  package enum Outcome: Equatable, Sendable {
    /// Our file was there before.
    case notNeeded
    /// postgrey has left nothing: an empty store begins.
    case nothingThere
    case tookOver(PostgreyImportReport)
  }

  /// Makes our file of what postgrey has left in `directory`, unless our file is there.
  ///
  /// The file appears when it is complete: an attempt that is cut short is made again by the next start. For one
  /// program at a time, before the store is opened.
  ///
  /// - Parameters:
  ///   - directory: postgrey's `--dbdir`.
  ///   - expiry: what isn't worth taking.
  /// - Returns: what became of the records.
  /// - Throws: when postgrey's database is there and can't be taken over; our file isn't made then. Whoever starts
  ///   without it greylists everybody anew.
  package static func run(
    directory: String, expiry: GreylistExpiry
  ) throws(PostgreyImportError) -> Outcome {
    let path = "\(directory)/\(fileName)"
    if access(path, F_OK) == 0 { return .notNeeded }
    let draft = path + ".new"
    remove(draft)
    let store = SQLiteTripletStore(path: draft, delay: expiry.passingDelay)
    do throws(PostgreyImportError) {
      let report = try PostgreyImport(expiry: expiry, pace: .alone).run(
        from: directory, into: store, scratch: directory)
      try finish(store, draft, as: path)
      return .tookOver(report)
    } catch {
      store.close()
      remove(draft)
      if case .noDatabase = error { return .nothingThere }
      throw error
    }
  }

  /// Gives a draft its name once all of it is in the one file, and on the disk.
  ///
  /// - Throws: when something of it is still in the log beside it, which would be lost.
  static func finish(
    _ store: SQLiteTripletStore, _ draft: String, as path: String
  ) throws(PostgreyImportError) {
    do throws(TripletStoreError) { try store.checkpoint() } catch { throw .store(error) }
    store.close()
    var log = stat()
    if stat(draft + "-wal", &log) == 0, log.st_size > 0 {
      throw .store(TripletStoreError(reason: "\(draft): its log can't be brought into it"))
    }
    try PostgreyImportError.about(path) { () throws(SystemError) in
      _ = try retrying("rename") { rename(draft, path) }
    }
  }

  private static func remove(_ draft: String) {
    for suffix in ["", "-wal", "-shm"] { _ = unlink(draft + suffix) }
  }
}
