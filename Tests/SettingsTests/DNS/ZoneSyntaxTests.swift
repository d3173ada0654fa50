import Testing

@testable import Settings

struct ZoneSyntaxTests {
  private static let label = String(repeating: "a", count: 63)

  @Test(arguments: [
    ("zen.example", "zen.example"), ("ZEN.Example.", "zen.example"), ("test", "test"),
    ("_a-1.2.example", "_a-1.2.example"), (label, label),
    ("\(label).\(label).\(label).\(label.dropLast(2)).", "\(label).\(label).\(label).\(label.dropLast(2))"),
  ])
  func `is labels in small letters`(text: String, name: String) { #expect(ZoneSyntax.parse(text) == name) }

  @Test(arguments: [
    "", ".", "..", ".a", "a..", "a..b", "a b", "a/b", "zen.example=127.0.0.2", "zürich.example", "a\u{0}",
    "\(label)a",
    "\(label).\(label).\(label).\(label.dropLast())",
  ])
  func `is nothing else`(text: String) { #expect(ZoneSyntax.parse(text) == nil) }
}
