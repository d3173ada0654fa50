/// Which texts are paths that a key may have.
enum AbsolutePath {
  /// Whether `path` begins at the root, has at most `longest` bytes, and no control character.
  static func fits(_ path: String, longest: Int) -> Bool {
    path.hasPrefix("/") && path.utf8.count <= longest && isPlain(path)
  }

  /// Whether there is no control character in `text`.
  static func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { !("\u{0}"..."\u{1F}").contains($0) && $0 != "\u{7F}" }
  }
}
