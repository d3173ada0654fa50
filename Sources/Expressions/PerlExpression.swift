import CPCRE2
import Synchronization

/// A regular expression in Perl's language, over bytes, as Postfix's `pcre:` tables and postgrey's whitelists have it.
///
/// Only ASCII letters have a case, and `\d`, `\w`, `\s` know ASCII only, as in Perl for strings without a
/// character set. Immutable; one expression may be used on several threads.
// A compiled pattern is only read by matching, which libpcre2 documents as safe in any number of threads.
package final class PerlExpression: @unchecked Sendable {
  /// The longest expression, bytes.
  package static let longest = 4096

  /// Whether `a` matches `A`.
  package enum Letters: Sendable { case caseSensitive, caseInsensitive }

  let code: OpaquePointer
  private let pattern: [UInt8]
  private let options: UInt32

  /// Compiles `pattern`.
  ///
  /// - Throws: libpcre2's own words, and where.
  package convenience init(
    _ pattern: some Collection<UInt8>, letters: Letters
  ) throws(PerlExpressionError) {
    try self.init(pattern, options: letters == .caseInsensitive ? .ignoresCase : [])
  }

  /// Compiles `pattern`.
  ///
  /// - Throws: libpcre2's own words, and where.
  package convenience init(
    _ pattern: some Collection<UInt8>, options given: Options
  ) throws(PerlExpressionError) {
    guard pattern.count <= Self.longest else { throw .tooLong }
    // A pattern that begins with (*UTF) would fail on every subject that isn't UTF-8.
    try self.init(compiling: Array(pattern), options: UInt32(PCRE2_NEVER_UTF) | given.rawValue)
  }

  /// An expression that occurs where any of several does; nil when they can't be put into one.
  package convenience init?(anyOf expressions: [PerlExpression]) {
    guard let first = expressions.first,
      expressions.allSatisfy({ $0.options == first.options && $0.isSelfContained })
    else { return nil }
    let groups = expressions.map { Array("(?:".utf8) + $0.pattern + [UInt8(ascii: ")")] }
    let pattern = Array(groups.joined(separator: [UInt8(ascii: "|")]))
    guard pattern.count <= Self.longestUnion else { return nil }
    do throws(PerlExpressionError) {
      try self.init(compiling: pattern, options: first.options)
    } catch {
      return nil
    }
  }

  private static let longestUnion = 1 << 16

  /// Whether it means the same as one alternative among others: it refers to no group, sets no option for what comes
  /// after it, and says nothing to the matcher.
  private var isSelfContained: Bool {
    let special = Set("0123456789gkGKQE".utf8)
    for (index, byte) in pattern.enumerated() {
      guard index + 1 < pattern.count else { break }
      let next = pattern[index + 1]
      switch byte {
      case UInt8(ascii: "\\"): if special.contains(next) { return false }
      case UInt8(ascii: "("):
        let isGroup = index + 2 < pattern.count && pattern[index + 2] == UInt8(ascii: ":")
        if next == UInt8(ascii: "*") || (next == UInt8(ascii: "?") && !isGroup) { return false }
      default: break
      }
    }
    return true
  }

  private init(compiling bytes: [UInt8], options: UInt32) throws(PerlExpressionError) {
    var fault: Int32 = 0
    var offset = 0
    guard let code = pcre2_compile_8(bytes, bytes.count, options, &fault, &offset, nil) else {
      throw .malformed(reason: Self.message(fault), offset: offset)
    }
    // Where memory can't be made executable this fails, and the interpreter does the same work.
    pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    self.code = code
    pattern = bytes
    self.options = options
  }

  deinit { pcre2_code_free_8(code) }

  /// What a subject is to an expression.
  package enum Outcome: Equatable, Sendable {
    case matched
    case unmatched
    /// It would have taken more steps than one match may: nobody knows.
    case tooExpensive
  }

  /// Whether the expression occurs in `subject`.
  package func match(_ subject: [UInt8]) -> Outcome { match(subject, count: subject.count) }

  /// Whether the expression occurs in `subject`, beyond which it sees nothing.
  package func match(_ subject: ArraySlice<UInt8>) -> Outcome {
    subject.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return match([]) }
      return match(start, count: bytes.count)
    }
  }

  private func match(_ start: UnsafePointer<UInt8>, count: Int) -> Outcome {
    // As a number, since no pointer goes into a lock.
    let address = UInt(bitPattern: start)
    let result = MatchSpace.shared.withLock { space in
      pcre2_match_8(code, UnsafePointer(bitPattern: address), count, 0, 0, space.data, space.context)
    }
    if result >= 0 { return .matched }
    return result == PCRE2_ERROR_NOMATCH ? .unmatched : .tooExpensive
  }

  private static func message(_ code: Int32) -> String {
    var text = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(code, &text, text.count)
    return String(decoding: text.prefix(max(0, Int(count))), as: UTF8.self)
  }
}
