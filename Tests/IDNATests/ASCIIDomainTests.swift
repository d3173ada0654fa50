import Testing

@testable import IDNA

@Suite struct ASCIIDomainTests {
  /// The examples of UTS 46 and RFC 3492, as its processing without transitional mappings has them.
  @Test(arguments: [
    ("exämple.test", "xn--exmple-cua.test"), ("EXÄMPLE.test", "xn--exmple-cua.test"),
    ("faß.de", "xn--fa-hia.de"), ("bücher.example", "xn--bcher-kva.example"),
    ("例え.テスト", "xn--r8jz45g.xn--zckzah"), ("e\u{301}.test", "xn--9ca.test"), ("plain.test", "plain.test"),
  ])
  func `a domain has a form for the DNS`(domain: String, ascii: String) {
    #expect(ASCIIDomain.of(Array(domain.utf8)) == Array(ascii.utf8))
  }

  @Test(arguments: [
    [], Array("ä\0b.test".utf8), [0xFF, 0xFE], [0xC3], Array("\u{200D}ä.test".utf8),
    Array(String(repeating: "ä", count: 507).utf8), Array(String(repeating: "ä", count: 64).utf8),
  ])
  func `what is no domain has none`(domain: [UInt8]) { #expect(ASCIIDomain.of(domain) == nil) }
}
