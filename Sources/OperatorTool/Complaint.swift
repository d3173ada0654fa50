import Glibc

/// What went wrong, on standard error.
enum Complaint {
  static func write(_ text: String) {
    let line = Array("postern: \(text)\n".utf8)
    _ = Glibc.write(STDERR_FILENO, line, line.count)
  }
}
