extension ValueType<Int64> {
  /// A time in whole seconds; written in days where it is some, as postgrey counts them.
  static func seconds(_ range: ClosedRange<Int64>) -> ValueType {
    let says = "a time from \(inDays(range.lowerBound)) to \(inDays(range.upperBound))"
    let time = ValueType<Duration>.time(.seconds(range.lowerBound)...(.seconds(range.upperBound)), says: says)
    return ValueType(says: says) { node throws(Misfits) in
      try time.read(node).components.seconds
    } write: {
      quoted(inDays($0))
    }
  }

  private static func inDays(_ seconds: Int64) -> String {
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    return days > 0 && rest == 0 ? "\(days)d" : PostfixTime.format(.seconds(seconds))
  }
}

extension ValueType<String> {
  /// What a greylisted client gets.
  static let greylistAction = ValueType(
    says: "\(GreylistActionName.words.dropLast().joined(separator: ", ")) or OK, or a code from 400 to 599"
  ) { node throws(Misfits) in
    let text = try line.read(node)
    guard GreylistActionName.begins(text) else {
      let word = String(text.prefix { $0 != " " && $0 != "\t" })
      throw Misfits(
        "\(quoted(text)) is no action that takes a text, and no code from 400 to 599", line: node.line,
        suggestion: Spelling.nearest(to: word, among: GreylistActionName.words))
    }
    return text
  } write: {
    quoted($0)
  }

  /// What stands in one line and isn't empty.
  static let line = text("a line of text") {
    (1...1000).contains($0.utf8.count) && PlainText.isOne($0) ? $0 : nil
  } write: {
    $0
  }

  /// A header of a message, on one line: another form would end the message's headers.
  static let header = text("a header such as \"X-Greylist: delayed %t seconds\"") { text in
    guard (1...900).contains(text.utf8.count), PlainText.isOne(text),
      let colon = text.utf8.firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    let name = text.utf8[..<colon]
    return !name.isEmpty && name.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
  } write: {
    $0
  }
}

extension ValueType<PostgreyInvocation.WhitelistFiles> {
  /// Files of rules; without any postgrey's own of that name, where they exist.
  static func whitelists(_ name: String) -> ValueType {
    let paths = ValueType<[String]>.list(of: .file, 0...64)
    return ValueType(says: paths.says) { node throws(Misfits) in
      let given = try paths.read(node)
      return given.isEmpty ? .default(name) : .given(given)
    } write: {
      $0.mustExist ? paths.write($0.paths) : "[]"
    }
  }
}
