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
    for suffix in ["", "-wal", "-shm"] { _ = unlink(draft + suffix) }
    let store = SQLiteTripletStore(path: draft, delay: expiry.passingDelay)
    let report: PostgreyImportReport
    do throws(PostgreyImportError) {
      report = try PostgreyImport(expiry: expiry, pace: .alone).run(
        from: directory, into: store, scratch: directory)
    } catch {
      store.close()
      for suffix in ["", "-wal", "-shm"] { _ = unlink(draft + suffix) }
      if case .noDatabase = error { return .nothingThere }
      throw error
    }
    // Brings the log into the file, which is whole then, and on the disk.
    store.close()
    try PostgreyImportError.about(path) { () throws(SystemError) in
      _ = try retrying("rename") { rename(draft, path) }
    }
    return .tookOver(report)
  }
}
