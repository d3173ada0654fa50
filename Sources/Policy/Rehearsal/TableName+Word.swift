extension TableName {
  /// A table that a script gives: `hash:/etc/postfix/access`, or a word with a type before it or without one.
  ///
  /// - Returns: nil for what is no such name; without a type it is read as a texthash.
  init?(rehearsed name: String) {
    if let whole = try? TableName(name), whole.path != nil {
      self = whole
      return
    }
    let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let word = parts.last, ScriptReader.isWord(word) else { return nil }
    if parts.count == 1 {
      self.init(.texthash, word: String(word))
    } else {
      guard let type = Kind(rawValue: String(parts[0])), type != .inline else { return nil }
      self.init(type, word: String(word))
    }
  }

  /// No file is behind it.
  private init(_ type: Kind, word: String) {
    self.type = type
    source = word
  }
}
