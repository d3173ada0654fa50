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
  ])
  func `a key at the front of the name isn't shown`(text: String, shown: String) throws {
    #expect("\(try #require(ListedZone(text)))" == shown)
  }

  @Test func `a name that somebody has chosen goes before`() throws {
    let name = try #require(DomainName("secret.lists.example"))
    let zone = try #require(ListedZone("Secret.lists.example=127.0.0.2", shownAs: [name: "our list"]))
    #expect("\(zone)" == "our list=127.0.0.2" && zone.name == name && zone.hidesName)
  }
}
