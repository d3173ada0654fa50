import Testing

@testable import Settings

struct DNSServerTests {
  @Test(arguments: [
    ("127.0.0.1", "127.0.0.1:53"),
    ("127.0.0.2:5353", "127.0.0.2:5353"),
    ("127.0.0.2:00053", "127.0.0.2:53"),
    ("::1", "[::1]:53"),
    ("[::1]", "[::1]:53"),
    ("[2001:DB8:0::1]:65535", "[2001:db8::1]:65535"),
    ("2001:db8::1:53", "[2001:db8::1:53]:53"),
    ("::ffff:192.0.2.1", "[::ffff:192.0.2.1]:53"),
  ])
  func `is an address with a port`(text: String, means: String) throws {
    let server = try #require(DNSServer(text))
    #expect(server.description == means)
    #expect(DNSServer(means) == server)
  }

  @Test(arguments: [
    "", "localhost", "localhost:53", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:+53",
    "127.0.0.1:000053", "127.0.0.01", "127.0.0", "127.0.0.1 ", "127.0.0.1\u{0}", "127.0.0.1:5\u{0}",
    "[127.0.0.1]", "[127.0.0.1]:53", "[::1]53", "[::1", "::1]:53", "[]:53", "[::1]:53:53", "fe80::1%eth0",
    "127.0.0.1:53:53", "udp:127.0.0.1",
  ])
  func `is nothing else`(text: String) { #expect(DNSServer(text) == nil) }
}
