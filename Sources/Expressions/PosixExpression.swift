import Glibc

/// An expression in the language of POSIX, over bytes, as Postfix's `regexp:` tables have it: the C library's own.
///
/// Immutable; one expression may be used on several threads. The library has no limit of steps: without back
/// references its time grows with the length of the subject, which is bounded instead.
// regexec only reads what regcomp has made, and locks what it caches there.
package final class PosixExpression: @unchecked Sendable {
  /// The longest subject, bytes: the longest line that Postfix takes from a client.
  package static let longestSubject = 2048

  /// How an expression is read.
  package struct Options: OptionSet, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let extended = Options(rawValue: REG_EXTENDED)
    package static let ignoresCase = Options(rawValue: REG_ICASE)
    /// `.` and `[^a]` don't match a line's end, `^` and `$` match around it.
    package static let newline = Options(rawValue: REG_NEWLINE)
  }

  private let code: UnsafeMutablePointer<regex_t>

  /// Compiles `pattern`, which has no NUL.
  package init(_ pattern: some Collection<UInt8>, options: Options) throws(PerlExpressionError) {
    guard pattern.count <= PerlExpression.longest else { throw .tooLong }
    guard !pattern.contains(0) else { throw .malformed(reason: "a NUL", offset: 0) }
    // Kept only when it is whole: an initializer that throws after that would free it once more.
    let made = UnsafeMutablePointer<regex_t>.allocate(capacity: 1)
    made.initialize(to: regex_t())
    let fault = regcomp(made, pattern.map { CChar(bitPattern: $0) } + [0], options.rawValue)
    guard fault == 0 else {
      let reason = Self.message(fault, made)
      made.deallocate()
      throw .malformed(reason: reason, offset: 0)
    }
    code = made
  }

  deinit {
    regfree(code)
    code.deallocate()
  }

  /// How many groups it has.
  package var groupCount: Int { code.pointee.re_nsub }

  /// Where the expression and its groups occur in `subject`; nil when it doesn't occur.
  package func groups(in subject: [UInt8]) -> [Range<Int>?]? {
    var places = [regmatch_t](repeating: regmatch_t(rm_so: -1, rm_eo: -1), count: groupCount + 1)
    // With REG_STARTEND the first place says where the subject ends, so that it may have any byte.
    places[0] = regmatch_t(rm_so: 0, rm_eo: regoff_t(subject.count))
    let text = subject.map { CChar(bitPattern: $0) } + [0]
    guard regexec(code, text, places.count, &places, REG_STARTEND) == 0 else { return nil }
    return places.map { $0.rm_so < 0 ? nil : Int($0.rm_so)..<Int($0.rm_eo) }
  }

  private static func message(_ fault: Int32, _ code: UnsafeMutablePointer<regex_t>) -> String {
    var text = [CChar](repeating: 0, count: 256)
    let count = regerror(fault, code, &text, text.count)
    return String(decoding: text.prefix(max(0, Int(count) - 1)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
