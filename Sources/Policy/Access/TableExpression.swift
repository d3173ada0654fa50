import Expressions

/// An expression of a `regexp:` or `pcre:` table, with its `!`.
struct TableExpression: Sendable {
  /// Whose expressions they are.
  enum Language: Sendable { case perl, posix }

  private enum Code: Sendable {
    case perl(PerlExpression)
    case posix(PosixExpression)
  }

  private let code: Code
  let isNegated: Bool

  /// Compiles what stands between the delimiters.
  ///
  /// - Parameters:
  ///   - pattern: without the delimiters.
  ///   - flags: letters; each turns an option over. `i` makes the expression sensitive to case.
  ///   - isNegated: whether it matches what it doesn't occur in.
  ///   - language: how it is read.
  /// - Throws: the engine's own words.
  init(
    _ pattern: ArraySlice<UInt8>, flags: ArraySlice<UInt8>, isNegated: Bool, language: Language
  ) throws(Fault) {
    self.isNegated = isNegated
    do throws(PerlExpressionError) {
      switch language {
      case .perl: code = .perl(try PerlExpression(pattern, options: try Self.perlOptions(flags)))
      case .posix: code = .posix(try PosixExpression(pattern, options: try Self.posixOptions(flags)))
      }
    } catch {
      throw Fault(message: "\(error)")
    }
  }

  struct Fault: Error { let message: String }

  var groupCount: Int {
    switch code {
    case .perl(let expression): expression.groupCount
    case .posix(let expression): expression.groupCount
    }
  }

  /// Whether it matches; nil when it would take too long, or might.
  func holds(_ subject: [UInt8]) -> Bool? {
    switch code {
    case .perl(let expression):
      switch expression.match(subject) {
      case .matched: !isNegated
      case .unmatched: isNegated
      case .tooExpensive: nil
      }
    case .posix(let expression):
      subject.count > PosixExpression.longestSubject
        ? nil : (expression.groups(in: subject) != nil) != isNegated
    }
  }

  /// What its groups are in a subject that it matches; the whole match first.
  func groups(in subject: [UInt8]) -> [ArraySlice<UInt8>] {
    let places: [Range<Int>?] =
      switch code {
      case .perl(let expression):
        if case .matched(let places) = expression.groups(in: subject) { places } else { [] }
      case .posix(let expression): expression.groups(in: subject) ?? []
      }
    return places.map { $0.map { subject[$0] } ?? [] }
  }

  private static func perlOptions(_ flags: ArraySlice<UInt8>) throws(PerlExpressionError)
    -> PerlExpression.Options
  {
    var options: PerlExpression.Options = [.ignoresCase, .dotMatchesAll]
    for flag in flags {
      let option: PerlExpression.Options
      switch flag {
      case UInt8(ascii: "i"): option = .ignoresCase
      case UInt8(ascii: "m"): option = .multiline
      case UInt8(ascii: "s"): option = .dotMatchesAll
      case UInt8(ascii: "x"): option = .extended
      case UInt8(ascii: "A"): option = .anchored
      case UInt8(ascii: "E"): option = .dollarEndOnly
      case UInt8(ascii: "U"): option = .ungreedy
      // PCRE's own strictness, which libpcre2 always has.
      case UInt8(ascii: "X"): option = []
      default: throw unknown(flag)
      }
      options.formSymmetricDifference(option)
    }
    return options
  }

  private static func posixOptions(_ flags: ArraySlice<UInt8>) throws(PerlExpressionError)
    -> PosixExpression.Options
  {
    var options: PosixExpression.Options = [.ignoresCase, .extended]
    for flag in flags {
      switch flag {
      case UInt8(ascii: "i"): options.formSymmetricDifference(.ignoresCase)
      case UInt8(ascii: "m"): options.formSymmetricDifference(.newline)
      case UInt8(ascii: "x"): options.formSymmetricDifference(.extended)
      default: throw unknown(flag)
      }
    }
    return options
  }

  private static func unknown(_ flag: UInt8) -> PerlExpressionError {
    .malformed(reason: "no flag \(Character(UnicodeScalar(flag)))", offset: 0)
  }
}
