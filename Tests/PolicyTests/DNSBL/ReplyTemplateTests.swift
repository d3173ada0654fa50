import MailTypes
import Testing

@testable import Policy

struct ReplyTemplateTests {
  private static let values: [ReplyMacro: String] = [
    .rblCode: "554", .rblReason: "spam", .rblDomain: "bl.example", .sender: "ä@b", .heloName: "a\u{7}b",
  ]

  private static func fill(_ text: String) -> String? {
    ReplyTemplate(Array(text.utf8))?.filled { Array((values[$0] ?? "").utf8) }.repairedText
  }

  @Test(arguments: [
    ("", ""), ("plain {text} )", "plain {text} )"), ("$rbl_code x", "554 x"),
    ("${rbl_code}x$(rbl_reason)", "554xspam"),
    ("$$5 $$$rbl_code", "$5 $554"), ("[$nothing][${nothing}]", "[][]"), ("$rbl_code.", "554."),
    ("${rbl_reason?; $rbl_reason}", "; spam"), ("${rbl_txt?; $rbl_txt}.", "."), ("${rbl_txt:none}", "none"),
    ("${rbl_reason:none}", ""), ("${rbl_reason?{yes}:{no}} ${rbl_txt?{yes}:{no}}", "yes no"),
    ("${ rbl_reason ? {a} : {b} }", "a"), ("${rbl_reason?{a}:b c}", "a"), ("${rbl_txt?{a}:b c}", "b c"),
    ("${rbl_reason??foo:{b}ar}", "?foo:{b}ar"), ("${rbl_reason?a${rbl_txt:b${rbl_code}}c}", "ab554c"),
    ("${nothing?a}${nothing:b}", "b"), ("$sender $helo_name", "__@b a_b"), ("${?x}${:y}", "y"),
  ])
  func `macros are filled in`(template: String, text: String) { #expect(Self.fill(template) == text) }

  @Test(arguments: [
    "$", "a $ b", "${rbl_code", "$(rbl_code", "${}", "$()", "${rbl-code}", "${a b}", "${rbl_code?{a} b}",
    "${rbl_code?{a}:{b} c}", "${rbl_code:{a}:{b}}", "${rbl_code?{a}", "${rbl_code?$}", "${{a} == {a}?b}",
    "${rbl_code{x}}", String(repeating: "${a?", count: 101) + String(repeating: "}", count: 101),
    String(repeating: "a", count: 4097),
  ])
  func `what is broken is no template`(template: String) { #expect(Self.fill(template) == nil) }

  @Test func `the usual template is Postfix's default`() {
    let text = """
      $rbl_code Service unavailable; $rbl_class [$rbl_what] blocked using $rbl_domain${rbl_reason?; $rbl_reason}
      """
    #expect(ReplyTemplate(Array(text.utf8)) == .usual)
  }

  @Test func `a reply stays short, however often a value stands in its template`() throws {
    let template = try #require(ReplyTemplate(Array(String(repeating: "$sender", count: 500).utf8)))
    let reply = template.filled { _ in Array(repeating: UInt8(ascii: "x"), count: 1000) }
    #expect(reply.count <= 2 * ReplyText.longest + 1000)
  }
}
