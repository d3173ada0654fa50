import CSQLite

/// A call that SQLite refused.
struct SQLiteError: Error, Equatable {
  /// The extended result code.
  let code: Int32
  /// SQLite's words.
  let message: String
  /// What the system said, where it was the system's fault; else 0.
  let systemCode: Int32

  init(code: Int32, message: String, systemCode: Int32 = 0) {
    self.code = code
    self.message = message
    self.systemCode = systemCode
  }

  /// The last error of a connection.
  init(_ connection: OpaquePointer) {
    code = sqlite3_extended_errcode(connection)
    message = String(cString: sqlite3_errmsg(connection))
    systemCode = sqlite3_system_errno(connection)
  }

  /// The result code without its details.
  var kind: Int32 { code & 0xFF }
}
