import Testing

@testable import Policy

struct PolicyEndpointTests {
  @Test(arguments: [
    ("unix:postern/recipient", PolicyEndpoint.unix(path: "postern/recipient")),
    ("unix:./postern//recipient", .unix(path: "postern/recipient")),
    ("local:postern/recipient", .unix(path: "postern/recipient")),
    ("unix:/postern/./recipient", .unix(path: "/postern/recipient")),
    ("inet:127.0.0.1:10040", .inet(host: "127.0.0.1", port: 10_040)),
    ("inet:[::1]:10040", .inet(host: "::1", port: 10_040)),
    ("inet:[0:0::0:1]:10040", .inet(host: "::1", port: 10_040)),
    ("inet:LocalHost:10040", .inet(host: "localhost", port: 10_040)),
    ("inet:10040", .inet(host: "localhost", port: 10_040)),
    ("inet::10040", .inet(host: "localhost", port: 10_040)),
  ])
  func `two spellings of a place are equal`(text: String, place: PolicyEndpoint) {
    #expect(PolicyEndpoint(text) == place)
  }

  @Test(arguments: [
    "", "postern/recipient", "unix:", "UNIX:/postern", "inet:", "inet:localhost:", "inet:localhost:postgrey",
    "inet:127.0.0.1:70000", "inet:+1", "127.0.0.1:10040", "pass:/x",
  ])
  func `what smtpd doesn't take, and a port's name, is no place`(text: String) {
    #expect(PolicyEndpoint(text) == nil)
  }
}
