import SystemCalls

/// The logical lines of main.cf and master.cf: what begins with a blank continues the line before.
struct PostfixLines {
  /// A file of this size is neither.
  static let largest = 1 << 20

  private(set) var lines: [(number: Int, text: String)] = []

  /// Nil when there is no such file that can be read.
  init?(at path: String) {
    let text: String
    do {
      text = String(decoding: try FileContents(of: path, limit: Self.largest).bytes, as: UTF8.self)
    } catch {
      return nil
    }
    let raw = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in raw.enumerated() {
      let content = Self.trimmed(line)
      guard !content.isEmpty, !content.hasPrefix("#") else { continue }
      if line.first?.isWhitespace == true, let last = lines.popLast() {
        lines.append((last.number, "\(last.text) \(content)"))
      } else {
        lines.append((index + 1, content))
      }
    }
  }

  static func trimmed(_ text: Substring) -> String {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
