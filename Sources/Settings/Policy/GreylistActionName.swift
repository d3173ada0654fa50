/// What a greylisted client may get: the actions of access(5) that take a text.
package enum GreylistActionName {
  package static let words = [
    "DEFER_IF_PERMIT", "DEFER_IF_REJECT", "DEFER", "REJECT", "HOLD", "DISCARD", "INFO", "WARN", "PREPEND",
    "DUNNO", "OK",
  ]

  /// Whether `text` begins with one of the words, in any case, or a code from 400 to 599.
  package static func begins(_ text: String) -> Bool {
    let word = text.prefix { $0 != " " && $0 != "\t" }
    return words.contains(word.uppercased()) || ReplyCode.isRefusal(word)
  }
}
