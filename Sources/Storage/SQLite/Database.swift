import CSQLite

/// A connection to an SQLite database with one owner; closed when its owner drops it.
///
/// For one thread at a time: SQLite's own locks are off.
struct Database: ~Copyable {
  private let handle: OpaquePointer

  /// Opens a file that exists.
  ///
  /// - Parameters:
  ///   - path: the file's; neither it nor a directory of its way may be a link.
  ///   - patience: how long to wait for another program's lock, milliseconds.
  /// - Throws: what SQLite or the system says; a file's contents are not looked at yet.
  init(path: String, patience: Int32) throws(SQLiteError) {
    var handle: OpaquePointer?
    let flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOFOLLOW
    let result = sqlite3_open_v2(path, &handle, flags, nil)
    guard let handle else { throw SQLiteError(code: result, message: "out of memory") }
    guard result == SQLITE_OK, sqlite3_busy_timeout(handle, patience) == SQLITE_OK else {
      let error = SQLiteError(handle)
      sqlite3_close_v2(handle)
      throw error
    }
    self.handle = handle
  }

  /// Lets the statements that are left finish it.
  deinit { sqlite3_close_v2(handle) }

  borrowing func prepare(_ text: String) throws(SQLiteError) -> Statement {
    try Statement(text, on: handle)
  }

  /// Runs one statement, whatever rows it has.
  borrowing func run(_ text: String) throws(SQLiteError) { try prepare(text).run() }

  /// The first column of the first row of one statement, as a number; 0 when there is none.
  borrowing func number(_ text: String) throws(SQLiteError) -> Int64 {
    let statement = try prepare(text)
    return try statement.step() ? statement.integer(at: 0) ?? 0 : 0
  }

  /// The first column of the first row of one statement, as text.
  borrowing func text(_ text: String) throws(SQLiteError) -> String {
    let statement = try prepare(text)
    return try statement.step() ? statement.text(at: 0) : ""
  }

  /// How many rows the last statement has changed.
  var changes: Int { Int(sqlite3_changes64(handle)) }

  /// Begins to read, until `commit` or `rollBack`; the first change makes this connection the one that may write.
  borrowing func begin() throws(SQLiteError) { try run("BEGIN") }

  /// Makes this connection the one that may write, until `commit` or `rollBack`.
  borrowing func beginWriting() throws(SQLiteError) { try run("BEGIN IMMEDIATE") }

  borrowing func commit() throws(SQLiteError) { try run("COMMIT") }

  /// Takes back what wasn't committed; after some errors SQLite has done so by itself.
  borrowing func rollBack() {
    if sqlite3_get_autocommit(handle) == 0 { _ = sqlite3_exec(handle, "ROLLBACK", nil, nil, nil) }
  }
}
