import Testing

@testable import Logs

@Suite struct NotationTests {
  typealias Case = (bytes: [UInt8], bracketed: String, quoted: String, json: String)

  private static let cases: [Case] = [
    (Array("alice@lab.example".utf8), "alice@lab.example", "alice@lab.example", "alice@lab.example"),
    (Array("".utf8), "", "", ""),
    (Array("a b".utf8), "a b", "a b", "a b"),
    (Array("x] [reason=none".utf8), #"x\x5d \x5breason=none"#, "x] [reason=none", "x] [reason=none"),
    (Array(#"a"b\c"#.utf8), #"a"b\x5cc"#, #"a\"b\\c"#, #"a\"b\\c"#),
    (Array("a\r\nb".utf8), #"a\x0d\x0ab"#, #"a\x0d\x0ab"#, #"a\u000d\u000ab"#),
    (Array("\u{1B}[2J".utf8), #"\x1b\x5b2J"#, #"\x1b[2J"#, #"\u001b[2J"#),
    ([0, 0x7F], #"\x00\x7f"#, #"\x00\x7f"#, #"\u0000\u007f"#),
    (Array("Jürgen 王".utf8), "Jürgen 王", "Jürgen 王", "Jürgen 王"),
    // A right-to-left override, a next-line control, a no-break space and a tag: nothing shows them.
    (Array("\u{202E}".utf8), #"\xe2\x80\xae"#, #"\xe2\x80\xae"#, #"\u202e"#),
    (Array("\u{85}\u{A0}".utf8), #"\xc2\x85\xc2\xa0"#, #"\xc2\x85\xc2\xa0"#, #"\u0085\u00a0"#),
    (Array("\u{E0041}".utf8), #"\xf3\xa0\x81\x81"#, #"\xf3\xa0\x81\x81"#, #"\udb40\udc41"#),
    // Latin-1, a cut sequence, an overlong one, a surrogate.
    ([0x4A, 0xFC, 0x72], #"J\xfcr"#, #"J\xfcr"#, #"J\ufffdr"#),
    ([0xE2, 0x82], #"\xe2\x82"#, #"\xe2\x82"#, #"\ufffd"#),
    ([0xC0, 0x80, 0x61], #"\xc0\x80a"#, #"\xc0\x80a"#, #"\ufffd\ufffda"#),
    ([0xED, 0xA0, 0x80], #"\xed\xa0\x80"#, #"\xed\xa0\x80"#, #"\ufffd\ufffd\ufffd"#),
    (Array("100%n%s".utf8), "100%n%s", "100%n%s", "100%n%s"),
  ]

  @Test(arguments: cases)
  func `what could mislead a reader is escaped`(
    bytes: [UInt8], bracketed: String, quoted: String, json: String
  ) {
    let written = [Notation.bracketed, .quoted, .json].map {
      String(decoding: $0.escaped(bytes, limit: 100), as: UTF8.self)
    }
    #expect(written == [bracketed, quoted, json])
  }

  @Test(arguments: [
    ("0123456789", 10, "0123456789"),
    ("0123456789a", 10, "0123456…"),
    ("üüüüüü", 10, "üüü…"),
    ("aaaaa\n\n\n", 10, "aaaaa…"),
    ("aaa\n\n\n", 10, #"aaa\x0a…"#),
  ])
  func `what is too long is cut between characters and says so`(text: String, limit: Int, expected: String) {
    #expect(Notation.quoted.escaped(Array(text.utf8), limit: limit) == Array(expected.utf8))
  }
}
