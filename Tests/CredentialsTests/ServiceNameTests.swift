import Testing

@testable import Credentials

@Suite struct ServiceNameTests {
  @Test(arguments: [("smtp", "smtp"), ("SMTP", "smtp"), ("submission-2.a_b", "submission-2.a_b")])
  func `A name of harmless characters is a service's, in lower case`(name: String, service: String) {
    #expect(ServiceName(name)?.description == service)
  }

  @Test(arguments: [
    "", ".", "..", "../other", "a/b", "/etc/passwd", "a b", "smtp\n", "smtp\0", "smtp%", "sümtp",
    String(repeating: "s", count: 257),
  ])
  func `What could leave the directory is no service's name`(name: String) {
    #expect(ServiceName(name) == nil)
  }
}
