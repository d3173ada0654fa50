/// What differs from run to run, taken out of replies and log lines.
enum PolicyMask {
  static func masked(_ text: String) -> String {
    text.replacing(/delayed \d+ seconds/, with: "delayed N seconds")
      .replacing(/delay=\d+/, with: "delay=N")
      .replacing(/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} [A-Z]+/, with: "DATE")
  }
}
