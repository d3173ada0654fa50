import Testing

@testable import DNS

struct ServerAddressTests {
  @Test(
    arguments: [
      ("127.0.0.1", "127.0.0.1:53"), ("127.0.0.1:5353", "127.0.0.1:5353"), ("::1", "[::1]:53"),
      ("[::1]", "[::1]:53"), ("[2001:db8::1]:65535", "[2001:db8::1]:65535"),
    ])
  func `addresses are read with and without a port`(text: String, read: String) {
    #expect(ServerAddress(text)?.description == read)
    #expect(ServerAddress(read)?.description == read)
  }

  @Test(
    arguments: [
      "", "localhost", "localhost:53", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:-1",
      "127.0.0.1:+1",
      "127.0.0.1 53", "127.0.0.256", "[127.0.0.1]:53", "[::1", "[::1]53", "::1]:53", "[]:53", ":53",
    ])
  func `anything else is no server`(text: String) {
    #expect(ServerAddress(text) == nil)
  }
}
