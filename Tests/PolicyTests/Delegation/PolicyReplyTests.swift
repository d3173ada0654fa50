import TestKit
import Testing

@testable import Policy

struct PolicyReplyTests {
  private static func text(_ text: String) throws -> ReplyText { try #require(ReplyText(text)) }

  @Test func `actions are written as access(5) has them`() throws {
    let text = try Self.text("4.2.0 later")
    let code = try #require(StatusCode(450))
    let cases: [(PolicyAction, String)] = [
      (.dunno, "DUNNO"), (.ok, "OK"), (.reject(nil), "REJECT"), (.reject(text), "REJECT 4.2.0 later"),
      (.defer(nil), "DEFER"), (.defer(text), "DEFER 4.2.0 later"), (.deferIfPermit(nil), "DEFER_IF_PERMIT"),
      (.deferIfPermit(text), "DEFER_IF_PERMIT 4.2.0 later"),
      (.deferIfReject(text), "DEFER_IF_REJECT 4.2.0 later"),
      (.status(code, text), "450 4.2.0 later"), (.prepend(try Self.text("X-A: b")), "PREPEND X-A: b"),
      (.hold(nil), "HOLD"), (.discard(text), "DISCARD 4.2.0 later"), (.info(text), "INFO 4.2.0 later"),
      (.warn(nil), "WARN"), (.filter(try Self.text("smtp:[::1]:25")), "FILTER smtp:[::1]:25"),
      (.redirect(try Self.text("a@b")), "REDIRECT a@b"), (.bcc(try Self.text("a@b")), "BCC a@b"),
    ]
    for (action, line) in cases {
      #expect(PolicyReply(action).bytes == Array("action=\(line)\n\n".utf8))
    }
  }

  @Test(arguments: [
    ("plain", "plain"), ("  blanks  ", "blanks"), ("a\nb\rc\0d\u{7F}e\u{85}f\u{2028}g\th", "a b c d e f g h"),
    ("grüße 日本", "grüße 日本"), ("%s%n", "%s%n"), ("\u{FEFF}x", "\u{FEFF}x"),
  ])
  func `a text is mended`(given: String, mended: String) throws {
    #expect(try #require(ReplyText(given)).bytes == Array(mended.utf8))
  }

  @Test(arguments: ["", " ", "\n", "\0\u{1}\u{7F} \t", "\u{85}\u{2029}"])
  func `nothing to show is no text`(given: String) { #expect(ReplyText(given) == nil) }

  @Test func `ill-formed UTF-8 is replaced`() throws {
    #expect(try #require(ReplyText([0xFF, 0x61, 0xC3])).bytes == Array("\u{FFFD}a\u{FFFD}".utf8))
    #expect(try #require(ReplyText([0xED, 0xA0, 0x80])).bytes.count == 9, "a surrogate is three times wrong")
  }

  @Test func `a long text is cut between two characters`() throws {
    for lead in 0..<4 {
      let long = String(repeating: "x", count: lead) + String(repeating: "日", count: 300)
      let cut = try #require(ReplyText(long)).bytes
      #expect(cut.count <= ReplyText.longest && cut.count > ReplyText.longest - 3)
      #expect(String(validating: cut, as: UTF8.self) != nil)
    }
    #expect(try #require(ReplyText(String(repeating: "x ", count: 400))).bytes.count == ReplyText.longest - 1)
  }

  @Test(arguments: [0, 200, 250, 354, 399, 600, 4500, -450])
  func `only codes that refuse are codes`(value: Int) { #expect(StatusCode(value) == nil) }

  /// Whatever the text, the reply is one that Postfix takes for what it says.
  @Test func `no text makes a reply that Postfix would misread`() throws {
    var random = SeededGenerator(seed: 5)
    let pieces: [[UInt8]] = [
      [0x0A], [0x0D], [0], [0x20], [0x09], [0xFF], [0xC3], [0xC3, 0xA9], Array("550".utf8),
      Array("action=".utf8),
      Array("DUNNO".utf8), Array("a:b".utf8), Array("x".utf8), [0xE2, 0x80, 0xA8], [0xF0, 0x9F, 0x98, 0x80],
      [0x7F],
      Array(repeating: 0x78, count: 600), [0xC2, 0x85], [0xED, 0xB0, 0x80],
    ]
    for round in 0..<5000 {
      let text =
        round < 256
        ? [UInt8(round)]
        : (0..<Int.random(in: 0...8, using: &random)).flatMap { _ in
          pieces.randomElement(using: &random) ?? []
        }
      for action in Self.actions(text) {
        let violation = Self.violation(PolicyReply(action).bytes)
        #expect(violation == nil, "\(text)")
      }
    }
  }

  /// Every action that a text can become.
  private static func actions(_ bytes: [UInt8]) -> [PolicyAction] {
    let text = ReplyText(bytes)
    var actions: [PolicyAction] = [
      .dunno, .ok, .reject(text), .defer(text), .deferIfPermit(text), .deferIfReject(text), .hold(text),
      .discard(text), .info(text), .warn(text),
    ]
    for name in GreylistAction.Command.allCases.map(\.rawValue) + ["451", "550"] {
      if let action = GreylistAction(Array(name.utf8) + [0x20] + bytes) { actions.append(action.with(bytes)) }
    }
    guard let text else { return actions }
    actions += [.prepend(text), .filter(text), .redirect(text), .bcc(text)]
    for code in [400, 450, 554, 599] {
      if let code = StatusCode(code) { actions.append(.status(code, text)) }
    }
    return actions
  }

  /// What Postfix would stumble over, as `facts/postfix.md` §1.4 and §1.5 have it.
  private static func violation(_ reply: [UInt8]) -> String? {
    guard reply.starts(with: "action=".utf8), reply.suffix(2) == [0x0A, 0x0A] else { return "not framed" }
    let value = reply.dropFirst(7).dropLast(2)
    guard let text = String(validating: value, as: UTF8.self) else { return "not UTF-8" }
    if text.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) {
      return "a control character"
    }
    if text.hasPrefix(" ") || text.hasSuffix(" ") { return "a blank at an end" }
    let words = text.split(separator: " ", maxSplits: 1)
    guard let command = words.first else { return "empty" }
    if command.allSatisfy(\.isNumber), words.count < 2 { return "bare digits" }
    return nil
  }
}
