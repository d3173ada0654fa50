import Testing

@testable import MailTypes

struct DomainNameTests {
  private static let label = String(repeating: "a", count: 63)

  @Test(arguments: [
    ("Example.ORG", "example.org"), ("example.org.", "example.org"), ("x", "x"), (".", "."),
    ("a_b.-c", "a_b.-c"), (label, label),
    (
      "\(label).\(label).\(label).\(String(repeating: "b", count: 61))",
      "\(label).\(label).\(label).\(String(repeating: "b", count: 61))"
    ),
  ])
  func `names are read in small letters`(text: String, name: String) throws {
    #expect(try #require(DomainName(text)).description == name)
  }

  @Test(arguments: [
    "", "..", ".a", "a..b", "a..", label + "a", "a\0b",
    "\(label).\(label).\(label).\(String(repeating: "b", count: 62))",
  ])
  func `what is no name is refused`(text: String) {
    #expect(DomainName(text) == nil)
  }

  @Test(arguments: [
    ("192.0.2.99", "99.2.0.192"), ("10.100.0.9", "9.0.100.10"), ("127.0.0.2", "2.0.0.127"),
    ("255.255.255.255", "255.255.255.255"),
    ("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"),
    ("::ffff:7f00:2", "2.0.0.0.0.0.f.7.f.f.f.f.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0"),
  ])
  func `addresses are reversed`(text: String, reversed: String) throws {
    let address = try #require(IPAddress(text))
    #expect(DomainName(reversed: address).description == reversed)
    let zone = address.width == 32 ? "in-addr.arpa" : "ip6.arpa"
    #expect(DomainName(pointerOf: address).description == "\(reversed).\(zone)")
  }

  @Test func `a name goes below another one as far as there is room`() throws {
    let name = try #require(DomainName("2.0.0.127"))
    #expect(name.within(try #require(DomainName("bl.example")))?.description == "2.0.0.127.bl.example")
    #expect(name.within(.root) == name)
    #expect(DomainName.root.within(name) == name)
    let long = try #require(DomainName(Array(repeating: Self.label, count: 3).joined(separator: ".")))
    #expect(long.within(long) == nil)
  }

  @Test func `every byte of a name counts for its hash`() throws {
    var names: [DomainName] = []
    for length in [1, 6, 7, 8, 9, 15, 16, 17, 63] {
      let name = Array(repeating: UInt8(ascii: "a"), count: length)
      names.append(try #require(DomainName(name)))
      for place in 0..<length {
        var other = name
        other[place] = UInt8(ascii: "b")
        names.append(try #require(DomainName(other)))
      }
    }
    #expect(Set(names.map(\.hashValue)).count == names.count)
  }

  @Test func `a name is the same whichever way it was made`() throws {
    let zone = try #require(DomainName("in-addr.arpa"))
    let reversed = DomainName(reversed: .v4(0xC000_0201))
    let below = try #require(reversed.within(zone))
    let names = [
      below, DomainName(pointerOf: .v4(0xC000_0201)), try #require(DomainName("1.2.0.192.IN-ADDR.arpa.")),
      try #require(DomainName("x.1.2.0.192.in-addr.arpa")?.parent),
    ]
    #expect(Set(names).count == 1)
    for name in names { #expect(name == below && name.hashValue == below.hashValue) }
    #expect(zone.parent?.parent == .root && DomainName(".") == .root)
  }

  @Test func `parents go up to the root`() throws {
    var names: [String] = []
    var name = DomainName("a.b.c")
    while let next = name?.parent {
      names.append(next.description)
      name = next
    }
    #expect(names == ["b.c", "c", "."])
  }
}
