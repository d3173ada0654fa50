/// One event for the log: some words of ours, then values by name.
///
/// Values may come from anybody and hold anything; they are escaped and cut when the line is written.
package struct LogLine: Sendable {
  /// The longest line in bytes; the time and the program's name before it still fit into 1 KiB.
  package static let longest = 944

  /// What the event is; not for what comes from outside.
  let words: String
  /// The function that 2.1.28 names before its words in syslog, and not on the terminal.
  let function: String?
  /// What postgrey writes before its words in syslog, and not on the terminal.
  let mark: String
  /// Bytes that the words may take: ours are few, in postgrey's stand the addresses.
  let wordsLimit: Int
  private(set) var fields: [LogField] = []

  /// An event in our own words.
  package init(_ words: String) {
    self.words = words
    function = nil
    mark = ""
    wordsLimit = 512
  }

  /// A line in postgrey's words; a warning is marked `WARNING: ` in syslog.
  package init(postgrey words: String, isWarning: Bool) {
    self.words = words
    function = nil
    mark = isWarning ? "WARNING: " : ""
    wordsLimit = Self.longest - mark.utf8.count
  }

  /// An event in saslauthd's words, which filters match: `auth failure:` and what `bracket` adds.
  package init(saslauthd words: String, function: String) {
    self.words = words
    self.function = function
    mark = ""
    wordsLimit = 512
  }

  package mutating func add(_ key: LogKey, _ value: String) { add(key, bytes: Array(value.utf8)) }

  package mutating func add(_ key: LogKey, _ value: some BinaryInteger) {
    fields.append(LogField(key: key.rawValue, value: Array(String(value).utf8), form: .number))
  }

  /// Adds bytes that need not be UTF-8.
  package mutating func add(_ key: LogKey, bytes: [UInt8]) {
    fields.append(LogField(key: key.rawValue, value: bytes, form: .text))
  }

  /// Adds one of saslauthd's ` [key=value]`.
  package mutating func bracket(_ key: LogKey, bytes: [UInt8]) {
    fields.append(LogField(key: key.rawValue, value: bytes, form: .bracketed))
  }

  package mutating func bracket(_ key: LogKey, _ value: String) { bracket(key, bytes: Array(value.utf8)) }

  /// Adds what another package logs under a name of its own.
  mutating func add(foreign name: String, _ value: String) {
    let key = name.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        byte
      default: UInt8(ascii: "_")
      }
    }
    fields.append(
      LogField(
        key: String(decoding: key.prefix(32), as: UTF8.self), value: Array(value.utf8), form: .text))
  }
}

/// One value of a log line.
struct LogField: Sendable {
  enum Form {
    case text, number
    /// ` [key=value]`
    case bracketed
  }

  let key: String
  let value: [UInt8]
  let form: Form
}
