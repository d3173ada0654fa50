import Testing

@testable import Expressions

struct PosixExpressionTests {
  @Test(
    arguments: [
      ("^a(b*)c$", "abbc", [0..<4, 1..<3]), ("(x)|(y)", "ay", [1..<2, nil, 1..<2]), ("a", "b", nil),
      ("", "", [0..<0]), ("b", "a\0b", [2..<3]),
    ] as [(String, String, [Range<Int>?]?)])
  func `it says where it and its groups occur`(pattern: String, subject: String, places: [Range<Int>?]?)
    throws
  {
    let expression = try PosixExpression(Array(pattern.utf8), options: .extended)
    #expect(expression.groups(in: Array(subject.utf8)) == places)
  }

  @Test func `bytes are no characters`() throws {
    let expression = try PosixExpression(
      [UInt8(ascii: "^"), UInt8(ascii: "."), UInt8(ascii: "$")], options: [])
    #expect(expression.groups(in: [0xFF]) != nil && expression.groups(in: [0xC3, 0xBC]) == nil)
  }

  @Test(arguments: ["(", "[", "a{2,1}", "\\"])
  func `what is no expression is refused`(pattern: String) {
    #expect(throws: PerlExpressionError.self) { try PosixExpression(Array(pattern.utf8), options: .extended) }
  }

  @Test func `an expression is bounded`() {
    let long = Array(repeating: UInt8(ascii: "a"), count: PerlExpression.longest + 1)
    #expect(throws: PerlExpressionError.tooLong) { try PosixExpression(long, options: .extended) }
  }

  @Test func `Perl's groups are found too`() throws {
    let expression = try PerlExpression(Array("^(a)|(b)".utf8), options: .ignoresCase)
    #expect(expression.groupCount == 2)
    #expect(expression.groups(in: Array("xB".utf8)) == .matched([1..<2, nil, 1..<2]))
    #expect(expression.groups(in: Array("x".utf8)) == .unmatched)
  }
}
