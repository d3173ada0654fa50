import CSQLite

/// A statement that is compiled once and run often; finalized when its owner drops it.
///
/// Parameters count from 1 and columns from 0, as SQLite counts them. Whoever runs one resets it.
struct Statement: ~Copyable {
  private let handle: OpaquePointer
  private let connection: OpaquePointer

  init(_ text: String, on connection: OpaquePointer) throws(SQLiteError) {
    var handle: OpaquePointer?
    guard
      sqlite3_prepare_v3(connection, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil) == SQLITE_OK,
      let handle
    else { throw SQLiteError(connection) }
    self.handle = handle
    self.connection = connection
  }

  deinit { sqlite3_finalize(handle) }

  func bind(_ value: Int64, at parameter: Int32) throws(SQLiteError) {
    try check(sqlite3_bind_int64(handle, parameter, value))
  }

  /// Binds a copy of `bytes` as a blob.
  func bind(_ bytes: [UInt8], at parameter: Int32) throws(SQLiteError) {
    // A null pointer would mean NULL.
    let result =
      bytes.isEmpty
      ? sqlite3_bind_zeroblob(handle, parameter, 0)
      : sqlite3_bind_blob(handle, parameter, bytes, Int32(bytes.count), Self.copied)
    try check(result)
  }

  /// Binds a copy of `bytes` as a blob, or NULL where there are none.
  func bind(_ bytes: [UInt8]?, at parameter: Int32) throws(SQLiteError) {
    if let bytes { try bind(bytes, at: parameter) } else { try bindNull(at: parameter) }
  }

  func bindNull(at parameter: Int32) throws(SQLiteError) {
    try check(sqlite3_bind_null(handle, parameter))
  }

  /// Runs to the next row.
  ///
  /// - Returns: whether there is one.
  func step() throws(SQLiteError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw SQLiteError(connection)
    }
  }

  /// Runs a statement without rows to its end, and resets it.
  func run() throws(SQLiteError) {
    defer { reset() }
    while try step() {}
  }

  /// Ends a run, and with it the lock that a reader holds.
  func reset() {
    // Repeats the error of the step before, which has been thrown.
    _ = sqlite3_reset(handle)
  }

  /// The integer of the row at hand; nil for NULL.
  func integer(at column: Int32) -> Int64? {
    sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
  }

  /// The text of the row at hand.
  func text(at column: Int32) -> String { String(decoding: bytes(at: column), as: UTF8.self) }

  /// The blob or the text of the row at hand, byte by byte; nothing for NULL.
  func bytes(at column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(handle, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
  }

  func isNull(at column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  private func check(_ result: Int32) throws(SQLiteError) {
    guard result == SQLITE_OK else { throw SQLiteError(connection) }
  }

  /// SQLITE_TRANSIENT, a macro that the importer can't read.
  private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
