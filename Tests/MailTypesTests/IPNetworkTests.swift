import Testing

@testable import MailTypes

struct IPNetworkTests {
  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.0/24"), ("192.0.2.1", "192.0.2.1/32"), ("0.0.0.0/0", "0.0.0.0/0"),
    ("2001:db8::/32", "2001:db8::/32"), ("::1", "::1/128"), ("::/0", "::/0"), ("10.0.0.0/08", "10.0.0.0/8"),
  ])
  func `networks are read`(text: String, printed: String) throws {
    #expect(try IPNetwork(Array(text.utf8)[...]).description == printed)
    #expect(try IPNetwork(around: Array(text.utf8)[...]).description == printed)
  }

  @Test(arguments: [
    ("192.0.2.1/24", "192.0.2.0/24"), ("10.255.255.255/7", "10.0.0.0/7"), ("1.2.3.4/0", "0.0.0.0/0"),
    ("2001:db8::1/64", "2001:db8::/64"), ("::1/0", "::/0"),
  ])
  func `bits after the prefix are refused, or let be on demand`(text: String, network: String) throws {
    let expected = try IPNetwork(Array(network.utf8)[...])
    #expect(throws: IPNetwork.Fault.hostBits(expected)) { try IPNetwork(Array(text.utf8)[...]) }
    #expect(try IPNetwork(around: Array(text.utf8)[...]) == expected)
  }

  @Test(arguments: [
    ("", IPNetwork.Fault.address), ("x", .address), ("300.0.0.0/8", .address), ("/8", .address),
    ("10.0.0.0/", .prefix), ("10.0.0.0/33", .prefix), ("::/129", .prefix), ("::/-1", .prefix),
    ("10.0.0.0/8/8", .prefix), ("10.0.0.0/0008", .prefix), ("10.0.0.0/ 8", .prefix),
  ])
  func `what is no network is refused`(text: String, fault: IPNetwork.Fault) {
    #expect(throws: fault) { try IPNetwork(Array(text.utf8)[...]) }
    #expect(throws: fault) { try IPNetwork(around: Array(text.utf8)[...]) }
  }

  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.255", true), ("192.0.2.0/24", "192.0.3.0", false),
    ("192.0.2.4/31", "192.0.2.5", true), ("192.0.2.4/31", "192.0.2.6", false),
    ("0.0.0.0/0", "255.0.0.1", true),
    ("2001:db8::/32", "2001:db8:ffff::", true), ("2001:db8::/32", "2001:db9::", false),
    ("::1", "::1", true), ("::1", "::2", false), ("::/0", "::1", true),
    ("::/0", "192.0.2.1", false), ("0.0.0.0/0", "::1", false), ("::ffff:0:0/96", "192.0.2.1", false),
  ])
  func `a network contains what begins with its bits`(network: String, address: String, isIn: Bool) throws {
    #expect(try IPNetwork(Array(network.utf8)[...]).contains(#require(IPAddress(address))) == isIn)
  }

  @Test(arguments: [("192.0.2.77", 33), ("192.0.2.77", -1), ("::", 129)])
  func `no address has such a prefix`(address: String, prefix: Int) throws {
    #expect(IPNetwork(of: try #require(IPAddress(address)), prefix: prefix) == nil)
  }
}
