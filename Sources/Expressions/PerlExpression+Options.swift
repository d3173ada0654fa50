import CPCRE2

extension PerlExpression {
  /// How an expression is read: what the flags of Postfix's `pcre:` tables stand for.
  package struct Options: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let ignoresCase = Options(rawValue: UInt32(PCRE2_CASELESS))
    /// `^` and `$` match around every line's end.
    package static let multiline = Options(rawValue: UInt32(PCRE2_MULTILINE))
    /// `.` matches a line's end too.
    package static let dotMatchesAll = Options(rawValue: UInt32(PCRE2_DOTALL))
    /// Blanks and comments may stand in it.
    package static let extended = Options(rawValue: UInt32(PCRE2_EXTENDED))
    package static let anchored = Options(rawValue: UInt32(PCRE2_ANCHORED))
    package static let dollarEndOnly = Options(rawValue: UInt32(PCRE2_DOLLAR_ENDONLY))
    package static let ungreedy = Options(rawValue: UInt32(PCRE2_UNGREEDY))
  }
}
