import Glibc

/// What went wrong, on standard error.
enum Complaint {
  static func write(_ text: String) { writePlain("postern: \(text)") }

  /// The same without the program's name: for lines that begin with a file's.
  static func writePlain(_ text: String) {
    let line = Array("\(text)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}
