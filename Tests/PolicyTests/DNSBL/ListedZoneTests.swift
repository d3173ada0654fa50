import MailTypes
import Testing

@testable import Policy

/// A zone's name as it is asked, and as it is shown.
struct ListedZoneTests {
  @Test(arguments: [
    ("zen.example", "zen.example"), ("Zen.Example=127.0.0.[2..11]", "Zen.Example=127.0.0.[2..11]"),
    ("abcdefghij0123456789.zen.example", "zen.example"),
    ("ABCDEFGHIJ0123456789.zen.example=127.0.0.2", "zen.example=127.0.0.2"),
    ("abcdefghij012345678.zen.example", "abcdefghij012345678.zen.example"),
    ("a-very-long-name-of-a-list.example", "a-very-long-name-of-a-list.example"),
    ("abcdefghij0123456789", "abcdefghij0123456789"),
    ("abcdefghij0123456789.ABCDEFGHIJ0123456789.zen.example", "zen.example"),
  ])
  func `a key at the front of the name isn't shown`(text: String, shown: String) throws {
    #expect("\(try #require(ListedZone(text)))" == shown)
  }

  private static let key = "abcdefghij0123456789"

  @Test(arguments: [
    ("reject_rbl_client \(key).zen.example=127.0.0.2", "reject_rbl_client zen.example=127.0.0.2"),
    ("{{a=\(key).b},{c=x \(key).d.e}}", "{{a=b},{c=x d.e}}"),
    ("\(key).a, \t\(key).b\n", "a, \tb\n"), ("REDIRECT u@\(key).example", "REDIRECT u@\(key).example"),
    ("REJECT \(key)", "REJECT \(key)"), ("\(key). \(key)", "\(key). \(key)"),
    ("a.\(key).example", "a.\(key).example"), ("", ""), ("  ", "  "),
  ])
  func `keys are taken out of texts that name zones`(text: String, shown: String) {
    #expect(ListedZone.withoutKeys(text) == shown)
  }

  @Test func `only a table in the list itself is shown without keys`() throws {
    let inner = try TableName("inline:{{mx.example=reject_rbl_client \(Self.key).zen.example}}")
    #expect(inner.shown == "inline:{{mx.example=reject_rbl_client zen.example}}")
    #expect(Restriction.checkAccess(.helo, inner).hidesZone)
    let file = try TableName("hash:/etc/postfix/\(Self.key).cf")
    #expect(file.shown == file.description && !Restriction.checkAccess(.helo, file).hidesZone)
  }

  @Test func `a name that somebody has chosen goes before`() throws {
    let name = try #require(DomainName("secret.lists.example"))
    let zone = try #require(ListedZone("Secret.lists.example=127.0.0.2", shownAs: [name: "our list"]))
    #expect("\(zone)" == "our list=127.0.0.2" && zone.name == name && zone.hidesName)
  }
}
