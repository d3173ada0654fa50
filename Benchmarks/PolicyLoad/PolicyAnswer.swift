/// What an answer is, by its first word.
enum PolicyAnswer: String, CaseIterable {
  case dunno
  case ok
  /// 4xx, and the words that come to it.
  case deferred
  /// 5xx, and the word for it.
  case rejected
  case prepend
  case other
  /// Not `action=…` and an empty line.
  case malformed

  /// Reads a whole answer with its empty line.
  init(_ bytes: ArraySlice<UInt8>) {
    let opening = Array("action=".utf8)
    guard bytes.starts(with: opening) else {
      self = .malformed
      return
    }
    let action = bytes.dropFirst(opening.count)
    for (word, answer) in Self.words where action.starts(with: word) {
      self = answer
      return
    }
    self = .other
  }

  private static let words: [([UInt8], PolicyAnswer)] = [
    ("DUNNO\n", PolicyAnswer.dunno), ("OK\n", .ok), ("DEFER", .deferred), ("4", .deferred),
    ("REJECT", .rejected),
    ("5", .rejected), ("PREPEND ", .prepend),
  ].map { (Array($0.0.utf8), $0.1) }
}
