import Glibc
import SystemCalls

/// One of Berkeley DB's programs, under whichever name it is installed.
enum BerkeleyProgram: String {
  case dump = "db_dump"
  case recover = "db_recover"

  /// Debian's db5.3-util has them without db-util's names.
  private var names: [String] { [rawValue, "db5.3_" + rawValue.dropFirst(3)] }

  /// How long it may be silent, milliseconds: what it needs for the largest log that postgrey leaves, many times over.
  private static let patience: Int32 = 300_000
  /// How much of its complaints is told.
  private static let mostWords = 500

  private func path() throws(PostgreyImportError) -> String {
    for directory in ["/usr/bin", "/usr/sbin", "/bin", "/sbin", "/usr/local/bin"] {
      for name in names where access("\(directory)/\(name)", X_OK) == 0 { return "\(directory)/\(name)" }
    }
    throw .noProgram(name: rawValue)
  }

  /// Runs it to its end.
  ///
  /// - Parameters:
  ///   - arguments: without its name.
  ///   - take: gets the output as it comes.
  /// - Throws: what `take` throws, and when the program isn't there, is silent for too long or ends badly.
  func run(
    _ arguments: [String], _ take: (ArraySlice<UInt8>) throws(PostgreyImportError) -> Void
  ) throws(PostgreyImportError) {
    let path = try path()
    let words = try PostgreyImportError.about(path) { () throws(SystemError) in
      try Complaints()
    }
    var output = try PostgreyImportError.about(path) { () throws(SystemError) in
      try ProgramOutput(path: path, arguments: [rawValue] + arguments, errors: words.file)
    }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = try PostgreyImportError.about(path) { () throws(SystemError) in
        try output.read(into: &buffer, patience: Self.patience)
      }
      if count == 0 { break }
      try take(buffer[..<count])
    }
    let status = output.finish()
    guard status == 0 else { throw .program(name: rawValue, status: status, words: Self.text(of: words)) }
  }

  /// The last of what it complained of, on one line.
  private static func text(of words: borrowing Complaints) -> String {
    words.lines(limit: mostWords).joined(separator: "; ")
  }
}
