package import Policy
package import SystemCalls

/// Why postgrey's database can't be taken over.
package enum PostgreyImportError: Error, Equatable, CustomStringConvertible, Sendable {
  /// The directory holds no `postgrey.db`.
  case noDatabase(directory: String)
  /// Berkeley DB's programs are not installed.
  case noProgram(name: String)
  case file(path: String, SystemError)
  /// One of Berkeley DB's programs ended badly; its last words.
  case program(name: String, status: Int32, words: String)
  case dump(file: String, DatabaseDump.Fault)
  /// Our own store can't take the records.
  case store(TripletStoreError)

  /// Says what to do, where that is known.
  package var description: String {
    switch self {
    case .noDatabase(let directory): "\(directory): no postgrey.db in it"
    case .noProgram(let name):
      "\(name) is not installed: install db-util (Debian, Ubuntu) or libdb-utils (Fedora, Red Hat)"
    case .file(let path, let error): "\(path): \(error.reason)"
    case .program(let name, let status, let words):
      "\(name) failed with status \(status)\(words.isEmpty ? "" : ": \(words)")"
    case .dump(let file, let fault): "\(file): \(fault)"
    case .store(let error): error.reason
    }
  }
}

extension PostgreyImportError {
  /// Names the file that a failed call was about.
  static func about<Result: ~Copyable>(
    _ path: String, _ body: () throws(SystemError) -> Result
  ) throws(PostgreyImportError) -> Result {
    do throws(SystemError) {
      return try body()
    } catch {
      throw .file(path: path, error)
    }
  }
}
