import CSQLite
import Glibc
import SystemCalls

/// Why the file can't be used, now or at all.
enum StoreFault: Error, Equatable {
  case sqlite(SQLiteError)
  /// The file couldn't be made.
  case system(SystemError)
  /// Another program's database.
  case foreign
  /// Made by a later version of ours.
  case newer(version: Int64)
  /// The file system can't have a write-ahead log.
  case noWriteAheadLog(mode: String)

  static func inSQLite<Result: ~Copyable>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(StoreFault) -> Result {
    do throws(SQLiteError) { return try body() } catch { throw .sqlite(error) }
  }

  /// Whether the connection is as good as before.
  var isPassing: Bool {
    guard case .sqlite(let error) = self else { return false }
    return [SQLITE_BUSY, SQLITE_LOCKED, SQLITE_FULL].contains(error.kind)
  }

  /// Whether what the file holds is not what was written.
  var isDamage: Bool {
    guard case .sqlite(let error) = self else { return false }
    return [SQLITE_CORRUPT, SQLITE_NOTADB].contains(error.kind)
  }

  /// The words that follow the file's name.
  var reason: String {
    switch self {
    case .sqlite(let error): Self.reason(error)
    case .system(let error): error.code == ENOENT ? "its directory is not there" : error.reason
    case .foreign: "another program's database, which is left alone"
    case .newer(let version):
      "made by a newer Postern (schema \(version), this one reads up to \(TripletTables.version))"
    case .noWriteAheadLog(let mode):
      "the file system can't hold a write-ahead log (SQLite has journal mode \(mode))"
    }
  }

  /// SQLITE_CANTOPEN_SYMLINK, a macro that the importer can't read.
  private static let link = SQLITE_CANTOPEN | 6 << 8

  private static func reason(_ error: SQLiteError) -> String {
    if error.code == link { return "a link, which is not followed: name the file itself" }
    let system = error.systemCode == 0 ? nil : SystemError("", code: error.systemCode).reason
    return switch error.kind {
    case SQLITE_BUSY, SQLITE_LOCKED: "locked by another program"
    case SQLITE_FULL: "no space left on the disk"
    case SQLITE_NOTADB: "not an SQLite database, and left alone"
    case SQLITE_CORRUPT: "damaged: \(error.message)"
    case SQLITE_READONLY: "can't be written: \(system ?? error.message)"
    case SQLITE_CANTOPEN: "can't be opened: \(system ?? error.message)"
    case SQLITE_IOERR: "can't be read or written: \(system ?? error.message) (error \(error.code))"
    default: "\(error.message) (error \(error.code))"
    }
  }
}
