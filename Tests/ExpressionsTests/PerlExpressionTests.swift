import Testing

@testable import Expressions

struct PerlExpressionTests {
  @Test(arguments: [
    ("^ms-smtp.*\\.rr\\.com$", "MS-SMTP01.rr.com", true), ("^ms", "xms", false), ("ms", "xmsx", true),
    ("^s[cv]\\d+pub\\.", "sv12pub.x", true), ("a|b", "xbx", true), ("(?i-)a", "A", true),
    ("(?-i)a", "A", false),
    ("\\bfoo\\b", "a foo b", true), ("^a\\Q.\\Eb$", "a.b", true), ("^a\\Q.\\Eb$", "axb", false),
    ("(a)(b)(c)\\3\\2\\1", "abccba", true), ("^$", "", true), ("é", "é", true), ("É", "é", false),
    ("a(?=b)", "ab", true), ("(?<!x)a", "xa", false), ("", "anything", true), ("\\w", "é", false),
  ])
  func `an expression matches as in Perl`(pattern: String, subject: String, matches: Bool) throws {
    let expression = try PerlExpression(pattern.utf8, letters: .caseInsensitive)
    #expect(expression.match(Array(subject.utf8)) == (matches ? .matched : .unmatched))
  }

  @Test(arguments: [
    ("^b", 1, 3, true), ("^a", 1, 3, false), ("c$", 1, 3, true), ("d", 1, 3, false), ("(?<=a)b", 1, 3, false),
    ("b(?=cd)", 1, 3, false), ("^$", 2, 2, true), ("\\bbc\\b", 1, 3, true),
  ])
  func `of a slice nothing is seen but itself`(pattern: String, start: Int, end: Int, matches: Bool) throws {
    let expression = try PerlExpression(pattern.utf8, letters: .caseInsensitive)
    let text = Array("abcd".utf8)
    #expect(expression.match(text[start..<end]) == (matches ? .matched : .unmatched))
    #expect(expression.match([UInt8]()[...]) == expression.match([]))
  }

  @Test(arguments: [
    (["^mail\\.", "x$"], ["mail.example", "amail.", "x", "MAIL.X", ""]),
    (["a|b", "^c|d$"], ["za", "c", "xc", "xd", "dx"]), (["(a)(b)", "(?:c)+d"], ["ab", "ccd", "d"]),
  ])
  func `one of several occurs where any of them does`(patterns: [String], subjects: [String]) throws {
    let each = try patterns.map { try PerlExpression($0.utf8, letters: .caseInsensitive) }
    let any = try #require(PerlExpression(anyOf: each))
    for subject in subjects.map({ Array($0.utf8) }) {
      let expected = each.contains { $0.match(subject) == .matched }
      #expect(any.match(subject) == (expected ? .matched : .unmatched), "\(subject)")
    }
  }

  @Test(arguments: [
    "(a)\\1", "(?i)a", "(?<n>a)", "(?R)?", "\\Qa(\\E", "a\\Kb", "(*COMMIT)a", "(?=a)",
  ])
  func `what may mean something else among others stays alone`(pattern: String) throws {
    let each = try [pattern, "b"].map { try PerlExpression($0.utf8, letters: .caseInsensitive) }
    #expect(PerlExpression(anyOf: each) == nil)
  }

  @Test func `none, and those that are read differently, aren't one`() throws {
    #expect(PerlExpression(anyOf: []) == nil)
    let each = try [PerlExpression.Letters.caseSensitive, .caseInsensitive].map {
      try PerlExpression("a".utf8, letters: $0)
    }
    #expect(PerlExpression(anyOf: each) == nil)
  }

  @Test func `letters have a case on demand`() throws {
    let expression = try PerlExpression("abc".utf8, letters: .caseSensitive)
    #expect(expression.match(Array("abc".utf8)) == .matched)
    #expect(expression.match(Array("aBc".utf8)) == .unmatched)
  }

  @Test func `subjects are bytes`() throws {
    let expression = try PerlExpression("^\\xFF\\x00.$".utf8, letters: .caseInsensitive)
    #expect(expression.match([0xFF, 0, 0xFE]) == .matched)
    #expect(expression.match([0xFF, 0]) == .unmatched)
  }

  @Test(arguments: [
    ("(", "missing closing parenthesis at offset 1"),
    ("a**", "quantifier does not follow a repeatable item at offset 2"),
    ("[z-a]", "range out of order in character class at offset 3"),
    ("(?{print})", "unrecognized character after (? or (?- at offset 2"),
    ("(*UTF)a", "using UTF is disabled by the application at offset 6"),
    ("\\", "\\ at end of pattern at offset 1"),
  ])
  func `a malformed expression is refused with the place`(pattern: String, message: String) {
    let error = #expect(throws: PerlExpressionError.self) {
      try PerlExpression(pattern.utf8, letters: .caseInsensitive)
    }
    #expect(error?.description == message)
  }

  @Test func `an expression has a longest length`() throws {
    _ = try PerlExpression(
      String(repeating: "a", count: PerlExpression.longest).utf8, letters: .caseSensitive)
    #expect(throws: PerlExpressionError.tooLong) {
      try PerlExpression(
        String(repeating: "a", count: PerlExpression.longest + 1).utf8, letters: .caseSensitive)
    }
  }

  /// Each would take years without a limit.
  @Test(.timeLimit(.minutes(10)), arguments: ["^(a+)+$", "^(a|aa)*$", "^(a*)*b", "(?R)?a(?R)"])
  func `a match takes a bounded number of steps`(pattern: String) throws {
    let expression = try PerlExpression(pattern.utf8, letters: .caseInsensitive)
    let subject = Array(String(repeating: "a", count: 5000).utf8) + [UInt8(ascii: "!")]
    #expect(expression.match(subject) != .matched || pattern.contains("R"))
    #expect(expression.match(Array("b".utf8)) != .tooExpensive, "the next match is not concerned")
  }

  @Test func `a match that is given up is told apart from no match`() throws {
    let expression = try PerlExpression("^(a+)+$".utf8, letters: .caseInsensitive)
    let subject = Array(String(repeating: "a", count: 40).utf8) + [UInt8(ascii: "!")]
    #expect(expression.match(subject) == .tooExpensive)
  }

  @Test func `one expression may be used on several threads`() async throws {
    let expression = try PerlExpression("^(a+b)+$".utf8, letters: .caseInsensitive)
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<8 {
        group.addTask {
          let subject = Array(String(repeating: "aab", count: task + 1).utf8)
          return (0..<500).allSatisfy { _ in
            expression.match(subject) == .matched && expression.match(subject + [0x78]) == .unmatched
          }
        }
      }
      for await isRight in group { #expect(isRight) }
    }
  }
}
