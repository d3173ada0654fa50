import Testing

@testable import Settings

struct TOMLDocumentTests {
  private static func entries(_ text: String) throws -> [TOMLEntry] {
    try TOMLDocument(Array(text.utf8)).entries
  }

  private static func entry(_ key: String, _ content: TOMLNode.Content, line: Int) -> TOMLEntry {
    TOMLEntry(key: key, node: TOMLNode(content: content, line: line))
  }

  @Test func `gives values of every type and their lines`() throws {
    let entries = try Self.entries(
      """
      b = "\\u00e9\\u0000"
      a = [1,
        true]

      c = 1.5
      "d.e" = 1979-05-27
      [t]
      u.v = -1
      """)
    #expect(
      entries == [
        Self.entry("b", .string("é\0"), line: 1),
        Self.entry(
          "a",
          .array([TOMLNode(content: .integer(1), line: 2), TOMLNode(content: .boolean(true), line: 3)]),
          line: 2),
        Self.entry("c", .float, line: 5),
        Self.entry("d.e", .dateOrTime, line: 6),
        Self.entry(
          "t", .table([Self.entry("u", .table([Self.entry("v", .integer(-1), line: 8)]), line: 8)]), line: 7),
      ])
  }

  @Test func `an empty document has no entries`() throws {
    #expect(try Self.entries("").isEmpty)
  }

  @Test(arguments: [
    ("a = 1\na = 2", 2), ("\n\n[a", 3), ("a = \"\u{1}\"", 1), ("a = 'x", 1),
    ("[b]\n[ =a]\nx = 1", 2), ("[[=", 1),
  ])
  func `says on which line it is no TOML`(text: String, line: Int) {
    let thrown = #expect(throws: TOMLSyntaxError.self) { try Self.entries(text) }
    #expect(thrown?.line == line)
  }

  @Test func `refuses bytes that are no UTF-8`() {
    #expect(throws: TOMLSyntaxError.self) { try TOMLDocument([0x61, 0x3D, 0x22, 0xFF, 0x22]) }
  }

  @Test func `bounds how deep values nest`() {
    let deep = "a = " + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    #expect(throws: TOMLSyntaxError.self) { try Self.entries(deep) }
  }
}
