/// Text that can stand in a line.
enum PlainText {
  /// Whether there is no control character in `text`.
  static func isOne(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { !("\u{0}"..."\u{1F}").contains($0) && $0 != "\u{7F}" }
  }
}
