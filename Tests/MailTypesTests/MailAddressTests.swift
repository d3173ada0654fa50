import Testing

@testable import MailTypes

struct MailAddressTests {
  @Test(arguments: [
    ("user@lab.example", "lab.example"), ("a@b@c", "c"), ("user@", ""), ("@c", "c"), ("bare", nil), ("", nil),
  ])
  func `the domain begins after the last at sign`(text: String, domain: String?) {
    let address = MailAddress(text)
    #expect(address.domain.map(Array.init) == domain.map { Array($0.utf8) })
    #expect(address.isNull == text.isEmpty)
  }

  @Test func `only ASCII letters have a case`() {
    #expect("ÄbZ09@[`{".utf8.lowercasedASCII == Array("Äbz09@[`{".utf8))
  }
}
