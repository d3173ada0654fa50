import MailTypes

/// An enhanced status of RFC 3463, such as 5.7.1.
package struct EnhancedStatus: Hashable, Sendable, CustomStringConvertible {
  package let kind: Int
  package let subject: Int
  package let detail: Int

  package init(_ kind: Int, _ subject: Int, _ detail: Int) {
    self.kind = kind
    self.subject = subject
    self.detail = detail
  }

  /// Takes a status from the front of a text, as Postfix does: `5.7.1 the text`.
  ///
  /// - Returns: nil when none stands there.
  static func split(_ text: ArraySlice<UInt8>) -> (status: EnhancedStatus, rest: ArraySlice<UInt8>)? {
    let word = text.prefix { !ListWords.isBlank($0) }
    let parts = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 1,
      parts.allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy(\.isASCIIDigit) })
    else { return nil }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
    guard [2, 4, 5].contains(numbers[0]) else { return nil }
    return (
      EnhancedStatus(numbers[0], numbers[1], numbers[2]),
      text.dropFirst(word.count).drop(while: ListWords.isBlank)
    )
  }

  package var description: String { "\(kind).\(subject).\(detail)" }
}
