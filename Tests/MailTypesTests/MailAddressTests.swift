import Testing

@testable import MailTypes

struct MailAddressTests {
  @Test(arguments: [
    ("user@lab.example", "user", "lab.example"), ("a@b@c", "a@b", "c"), ("user@", "user", ""),
    ("@c", "", "c"),
    ("bare", "bare", nil), ("", "", nil),
  ])
  func `the domain begins after the last at sign`(text: String, local: String, domain: String?) {
    let address = MailAddress(text)
    #expect(Array(address.localPart) == Array(local.utf8))
    #expect(address.domain.map(Array.init) == domain.map { Array($0.utf8) })
    #expect(address.isNull == text.isEmpty)
  }

  @Test func `only ASCII letters have a case`() {
    #expect("ÄbZ09@[`{".utf8.lowercasedASCII == Array("Äbz09@[`{".utf8))
  }
}
