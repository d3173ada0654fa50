import MailTypes
import Testing

@testable import Policy

/// `facts/postfix.md` §2.5: what is looked up, in which order.
struct AccessKeysTests {
  private static func text(_ keys: [AccessKeys.Key]) -> [String] { keys.map(\.bytes.repairedText) }

  @Test(arguments: [
    (
      "mx.sub.example", ["mx.sub.example", "sub.example", "example"],
      ["mx.sub.example", ".sub.example", ".example"]
    ),
    ("example", ["example"], ["example"]), ("unknown", ["unknown"], ["unknown"]),
    ("192.0.2.1", ["192.0.2.1"], ["192.0.2.1"]), ("[1.2.3.4]", ["[1.2.3.4]", "2.3.4]", "3.4]", "4]"], nil),
    ("a.", ["a."], ["a.", "."]), ("", [], []),
  ])
  func `a name goes before its parents`(name: String, parents: [String], dotParents: [String]?) {
    #expect(Self.text(AccessKeys.domain(Array(name.utf8), parents: .parent)) == parents)
    guard let dotParents else { return }
    #expect(Self.text(AccessKeys.domain(Array(name.utf8), parents: .dotParent)) == dotParents)
  }

  @Test(arguments: [
    ("192.0.2.77", ["192.0.2.77", "192.0.2", "192.0", "192"]),
    ("2001:db8::1:2", ["2001:db8::1:2", "2001:db8::1", "2001:db8:", "2001:db8", "2001"]),
    ("unknown", ["unknown"]),
  ])
  func `an address is cut at its end`(address: String, keys: [String]) {
    #expect(Self.text(AccessKeys.address(Array(address.utf8))) == keys)
  }

  @Test(arguments: [
    (
      "User+Ext@Sub.Dom.test",
      [
        "user+ext@sub.dom.test", "user@sub.dom.test", "sub.dom.test", "dom.test", "test", "user+ext@",
        "user@",
      ]
    ),
    ("a b@d.test", ["\"a b\"@d.test", "a b@d.test", "d.test", "test", "\"a b\"@", "a b@"]),
    ("bare", ["bare@lab.example", "lab.example", "example", "bare@"]),
    ("postmaster@d", ["postmaster@d", "d", "postmaster@"]), ("+x@d", ["+x@d", "d", "+x@"]),
    ("u@x@d.", ["\"u@x\"@d", "u@x@d", "d", "\"u@x\"@", "u@x@"]), ("@r:u@d", ["u@d", "d", "u@"]),
  ])
  func `an address goes before its domain, and that before its user`(address: String, keys: [String]) throws {
    let qualified = try #require(
      QualifiedAddress(
        MailAddress(Array(address.utf8)[...]), origin: Array("Lab.example".utf8), delimiters: Array("+".utf8))
    )
    #expect(Self.text(AccessKeys.mail(qualified, parents: .parent)) == keys)
  }

  @Test func `only tables with exact keys are asked for parts`() throws {
    let keys = AccessKeys.host(name: Array("a.b".utf8), address: Array("192.0.2.1".utf8), parents: .parent)
    #expect(Self.text(keys.filter { !$0.isPartial }) == ["a.b", "192.0.2.1"])
  }

  @Test(arguments: [
    ("a", "a"), ("a.b", "a.b"), ("", "\"\""), (".a", "\".a\""), ("a.", "\"a.\""), ("a..b", "\"a..b\""),
    ("a\"b\\", "\"a\\\"b\\\\\""), ("\u{FC}", "\u{FC}"), ("a(b", "\"a(b\""), ("a\u{7F}", "\"a\u{7F}\""),
    ("a+b", "a+b"),
  ])
  func `a user is quoted when it isn't atoms`(user: String, quoted: String) {
    #expect(QualifiedAddress.quoted(Array(user.utf8)) == Array(quoted.utf8))
  }

  @Test(arguments: [
    ("owner-list", nil), ("list-request", nil), ("a-b", "a"), ("mailer-daemon", nil), ("a", nil), ("a-", "a"),
  ])
  func `extensions are not taken from what belongs to mailing lists`(user: String, bare: String?) throws {
    let address = try #require(
      QualifiedAddress(MailAddress(Array("\(user)@d".utf8)[...]), origin: nil, delimiters: Array("-".utf8)))
    #expect(address.userWithoutExtension.map(\.repairedText) == bare)
  }
}
