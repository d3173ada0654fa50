import Glibc
import TestKit
import Testing

@testable import MailTypes

struct IPAddressTests {
  @Test(arguments: [
    ("192.0.2.77", "192.0.2.77"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:DB8::1", "2001:db8::1"),
    ("2001:db8:0:0:0:0:0:1", "2001:db8::1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
    ("1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"),
    ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("::192.0.2.1", "::192.0.2.1"), ("1::1.2.3.4", "1::102:304"),
    ("0001:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
  ])
  func `addresses are printed as inet_ntop prints them`(text: String, printed: String) throws {
    #expect(try #require(IPAddress(text)).description == printed)
  }

  @Test(arguments: [
    "", "unknown", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4 ",
    "1.2.3.-4",
    "+1.2.3.4", ":", ":::", "1:", ":1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::",
    "::1.2.3",
    "1.2.3.4::", "::1.2.3.4:5", "::1%eth0", "[::1]", "1:2:3:4:5:6:7::8:9", "1:2:3:4:5:6:7:1.2.3.4", "::/0",
    "١.2.3.4",
    "1:2:3:4:5:6:7:8::",
  ])
  func `what is no address is none`(text: String) {
    #expect(IPAddress(text) == nil)
    #expect(Self.systemPrint(text) == nil, "glibc takes it")
  }

  @Test func `random texts are read and printed as glibc does`() {
    var random = SeededGenerator(seed: 3)
    let pieces = ["0", "1", "ffff", "a0", ":", "::", ":", ".", "192.0.2.1", "255", "00", "%", "fe80"]
    for _ in 0..<10_000 {
      let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }
      .joined()
      #expect(IPAddress(text)?.description == Self.systemPrint(text), "\(text)")
    }
  }

  @Test func `random addresses are printed as glibc does, and read again`() throws {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<5000 {
      let bits = (0..<8).reduce(UInt128(0)) { bits, _ in
        bits << 16
          | (Bool.random(using: &random) ? 0 : UInt128(UInt16.random(in: 0...(.max), using: &random)))
      }
      let address = IPAddress.v6(bits)
      #expect(IPAddress(address.description) == address)
      #expect(Self.systemPrint(address.description) == address.description)
    }
  }

  @Test func `a mapped address is an IPv4 address`() throws {
    #expect(try #require(IPAddress("::ffff:192.0.2.1")).unmapped == IPAddress("192.0.2.1"))
    #expect(try #require(IPAddress("::192.0.2.1")).unmapped == IPAddress("::192.0.2.1"))
    #expect(try #require(IPAddress("192.0.2.1")).unmapped == IPAddress("192.0.2.1"))
  }

  /// What inet_pton and inet_ntop make of a text.
  private static func systemPrint(_ text: String) -> String? {
    var bytes = [UInt8](repeating: 0, count: 16)
    let family = text.contains(":") ? AF_INET6 : AF_INET
    guard inet_pton(family, text, &bytes) == 1 else { return nil }
    var printed = [CChar](repeating: 0, count: 64)
    guard inet_ntop(family, bytes, &printed, socklen_t(printed.count)) != nil else { return nil }
    return String(decoding: printed.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
