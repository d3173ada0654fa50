import Expressions
import MailTypes
import TestKit
import Testing

@testable import Policy

struct WhitelistTests {
  @Test(arguments: [
    ("example.org", "example.org", true), ("example.org", "MX.Example.ORG", true),
    ("example.org", "badexample.org", false),
    ("example.org", "example.org.net", false), ("unknown", "unknown", true),
    ("/^mx\\d+\\./", "MX7.example", true),
    ("/^mx\\d+\\./", "mx.example", false), ("org", "example.org", true),
    ("example.org ", "example.org", true),
    ("  example.org\t# why", "example.org", true), ("# example.org", "example.org", false), ("", "", false),
    ("/a#b/", "/a", true), ("1.2.3.4.example", "1.2.3.4.example", true), ("a/b", "a/b", true),
    ("//", "x.//", true),
  ])
  func `client names`(line: String, name: String, isListed: Bool) throws {
    var list = ClientWhitelist()
    #expect(list.read(Array(line.utf8), name: "f") == [])
    let address = try #require(IPAddress("192.0.2.1"))
    #expect(list.answer(name: Array(name.utf8)[...], address: address) == WhitelistAnswer(isListed: isListed))
  }

  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false), ("192.0.2.0/24", "192.0.2.9", true),
    ("192.0.2.9/24", "192.0.2.1", true), ("192.0.2", "192.0.2.200", true), ("192.0.2", "192.0.3.1", false),
    ("172.16", "172.16.99.1", true), ("172.16", "172.17.0.1", false), ("2001:db8::/32", "2001:db8::1", true),
    ("2001:DB8::1", "2001:db8::1", true), ("2001:db8::1", "2001:db8::2", false),
    ("::/0", "2001:db8::1", true),
    ("0.0.0.0/0", "192.0.2.1", true), ("0.0.0.0/0", "::1", false), ("::/0", "192.0.2.1", false),
  ])
  func `client addresses`(line: String, address: String, isListed: Bool) throws {
    var list = ClientWhitelist()
    #expect(list.read(Array(line.utf8), name: "f") == [])
    let address = try #require(IPAddress(address))
    #expect(list.answer(name: Array("x.example".utf8)[...], address: address).isListed == isListed)
  }

  @Test(arguments: [
    ("user@lab.example", "user@lab.example", true), ("user@lab.example", "USER+ext@Lab.example", true),
    ("user@lab.example", "user+@lab.example", false), ("user@lab.example", "users@lab.example", false),
    ("user@lab.example", "user@sub.lab.example", false), ("user@", "user@anywhere", true),
    ("user@", "user", false),
    ("user@", "user+e@x", true), ("lab.example", "any@lab.example", true),
    ("lab.example", "any@sub.lab.example", true),
    ("lab.example", "any@badlab.example", false), ("lab.example", "lab.example", false),
    ("/^u\\d@/", "U1@x", true),
    ("a@b@c", "a@b@c", true), ("a@b@c", "a+e@b@c", true), ("a+b@c", "a+b@c", true),
    ("a+b@c", "a+b+d@c", true),
    ("a+b@c", "a@c", false), ("@c", "@c", true), ("@c", "a@c", false), ("@c", "+x@c", true),
    ("a@b", "a+x@y@b", false),
  ])
  func `recipients`(line: String, recipient: String, isListed: Bool) {
    var list = RecipientWhitelist()
    #expect(list.read(Array(line.utf8), name: "f") == [])
    #expect(list.answer(MailAddress(recipient)) == WhitelistAnswer(isListed: isListed))
  }

  @Test func `bad lines are named, and the others hold`() throws {
    let file = """
      # a list
      two words
      300.1.1.1
      10.0.0.0/33

      good.example
      a:b:c
      /(/
      \(String(repeating: "x", count: 5000))
      999.1
      """
    var list = ClientWhitelist()
    let faults = list.read(Array(file.utf8), name: "/etc/postgrey/whitelist_clients")
    #expect(
      faults.map(\.description) == [
        "/etc/postgrey/whitelist_clients line 2: doesn't look like a hostname",
        "/etc/postgrey/whitelist_clients line 3: 300.1.1.1 is no network",
        "/etc/postgrey/whitelist_clients line 4: 10.0.0.0/33 is no network",
        "/etc/postgrey/whitelist_clients line 7: a:b:c is no network",
        "/etc/postgrey/whitelist_clients line 8: missing closing parenthesis at offset 1",
        "/etc/postgrey/whitelist_clients line 9: longer than 4096 bytes",
        "/etc/postgrey/whitelist_clients line 10: 999.1 is no network",
      ])
    let address = try #require(IPAddress("192.0.2.1"))
    #expect(list.answer(name: Array("good.example".utf8)[...], address: address).isListed)
  }

  @Test func `bad recipients are named`() {
    var list = RecipientWhitelist()
    let faults = list.read(Array("a b@c\r\n/[/\nok@x\n".utf8), name: "f")
    #expect(
      faults.map(\.description) == [
        "f line 1: doesn't look like an address",
        "f line 2: missing terminating ] for character class at offset 1",
      ])
    #expect(list.answer(MailAddress("ok@x")).isListed)
  }

  @Test func `several files are one list`() throws {
    var list = ClientWhitelist()
    #expect(list.read(Array("a.example\n".utf8), name: "a") == [])
    #expect(list.read(Array("/^b/\n192.0.2.1".utf8), name: "b") == [])
    let other = try #require(IPAddress("192.0.2.2"))
    let listed = try #require(IPAddress("192.0.2.1"))
    #expect(list.answer(name: Array("a.example".utf8)[...], address: other).isListed)
    #expect(list.answer(name: Array("b".utf8)[...], address: other).isListed)
    #expect(list.answer(name: Array("c".utf8)[...], address: listed).isListed)
    #expect(!list.answer(name: Array("c".utf8)[...], address: other).isListed)
  }

  @Test(.timeLimit(.minutes(10)))
  func `an expression that takes too long is passed over, and the log tells`() throws {
    var list = RecipientWhitelist()
    #expect(list.read(Array("\n/^(a+)+$/\n/b!$/".utf8), name: "f") == [])
    let answer = list.answer(MailAddress(String(repeating: "a", count: 60) + "b!"))
    #expect(answer.isListed, "the next one is asked")
    #expect(
      answer.complaints.map { $0.text.repairedText } == [
        "f line 2: the expression took too many steps, and was passed over"
      ])
  }

  /// Against the expressions as which postgrey reads the same lines.
  @Test func `names are looked up as postgrey's expressions match`() throws {
    var random = SeededGenerator(seed: 8)
    let pieces = ["a", "b", ".", "@", "+", "A", "c.d", "x"]
    func word() -> String {
      (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
    }
    let address = try #require(IPAddress("192.0.2.1"))
    for _ in 0..<4000 {
      let (rule, subject) = (word(), word())
      var recipients = RecipientWhitelist()
      #expect(recipients.read(Array(rule.utf8), name: "f") == [])
      #expect(
        try recipients.answer(MailAddress(subject)).isListed
          == Self.matches(Self.recipientExpression(rule), subject), "\(rule) \(subject)")
      var clients = ClientWhitelist()
      #expect(clients.read(Array(rule.utf8), name: "f") == [])
      #expect(
        try clients.answer(name: Array(subject.utf8)[...], address: address).isListed
          == Self.matches("(?:^|\\.)\\Q\(rule)\\E$", subject), "\(rule) \(subject)")
    }
  }

  private static func recipientExpression(_ rule: String) -> String {
    guard let at = rule.firstIndex(of: "@") else { return "(?:\\@|\\.)\\Q\(rule)\\E$" }
    let (user, domain) = (rule[..<at], rule[rule.index(after: at)...])
    return "^\\Q\(user)\\E(?:\\+[^@]+)?\\@" + (domain.isEmpty ? "" : "\\Q\(domain)\\E$")
  }

  private static func matches(_ expression: String, _ subject: String) throws -> Bool {
    try PerlExpression(expression.utf8, letters: .caseInsensitive).match(Array(subject.utf8)) == .matched
  }
}
