/// Which texts are paths that a key may have.
enum AbsolutePath {
  /// Whether `path` begins at the root, has at most `longest` bytes, and no control character.
  static func fits(_ path: String, longest: Int) -> Bool {
    path.hasPrefix("/") && path.utf8.count <= longest && PlainText.isOne(path)
  }
}
