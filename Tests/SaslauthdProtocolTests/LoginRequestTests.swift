import Credentials
import TestKit
import Testing

@testable import SaslauthdProtocol

@Suite struct LoginRequestTests {
  private static func request(
    _ login: String, _ service: String, _ realm: String, password: Range<Int>, remote: String = ""
  ) -> LoginRequest.Reading {
    .whole(
      LoginRequest(
        login: CountedString(login) ?? .empty, password: password,
        service: CountedString(service) ?? .empty, realm: CountedString(realm) ?? .empty,
        remote: CountedString(remote) ?? .empty))
  }

  private static let long = String(repeating: "a", count: 256)

  /// One table for the whole protocol.
  static let cases: [(name: String, bytes: [UInt8], reading: LoginRequest.Reading)] = [
    ("four fields", Counted.request(), request("alice", "smtp", "", password: 9..<15)),
    ("a realm", Counted.request(realm: "lab"), request("alice", "smtp", "lab", password: 9..<15)),
    (
      "a fifth field with address and port", Counted.request(remote: "203.0.113.7;4711"),
      request("alice", "smtp", "", password: 9..<15, remote: "203.0.113.7")
    ),
    (
      "a fifth field with an IPv6 address", Counted.request(remote: "2001:db8::1;25"),
      request("alice", "smtp", "", password: 9..<15, remote: "2001:db8::1")
    ),
    (
      "half a fifth field isn't waited for", Counted.request() + Counted.length(9) + [0x31],
      request("alice", "smtp", "", password: 9..<15)
    ),
    (
      "a fifth field that is no address", Counted.request(remote: "evil.example;1"),
      request("alice", "smtp", "", password: 9..<15)
    ),
    (
      "two requests in one write", Counted.request() + Counted.request(login: "bob"),
      request("alice", "smtp", "", password: 9..<15)
    ),
    ("trailing bytes", Counted.request() + [0xFF], request("alice", "smtp", "", password: 9..<15)),
    (
      "empty login and password", Counted.request(login: "", password: ""),
      request("", "smtp", "", password: 4..<4)
    ),
    (
      "fields of 256 bytes", Counted.request(login: long, service: long, realm: long),
      request(long, long, long, password: 260..<266)
    ),
    (
      "a password of 8 KiB", Counted.request(password: String(repeating: "p", count: 8192)),
      request("alice", "smtp", "", password: 9..<8201)
    ),
    ("nothing", [], .incomplete),
    ("half a length", [0], .incomplete),
    ("three fields", Array(Counted.request().dropLast(2)), .incomplete),
    ("a login of 257 bytes", Counted.length(257), .malformed(.tooLong(.login, 257))),
    ("a login of 65535 bytes", Counted.length(65535), .malformed(.tooLong(.login, 65535))),
    (
      "a password of 8193 bytes", Counted.field("alice") + Counted.length(8193),
      .malformed(.tooLong(.password, 8193))
    ),
    (
      "a service of 257 bytes", Counted.field("alice") + Counted.field("x") + Counted.length(257),
      .malformed(.tooLong(.service, 257))
    ),
    (
      "a realm of 257 bytes",
      Counted.field("alice") + Counted.field("x") + Counted.field("smtp") + Counted.length(257),
      .malformed(.tooLong(.realm, 257))
    ),
    ("NUL in the login", Counted.request(login: "alice\0x"), .malformed(.containsNUL(.login))),
    ("NUL in the password", Counted.request(password: "secret\0"), .malformed(.containsNUL(.password))),
    ("NUL in the service", Counted.request(service: "smtp\0"), .malformed(.containsNUL(.service))),
    ("NUL in the realm", Counted.request(realm: "\0"), .malformed(.containsNUL(.realm))),
    (
      "NUL in the fifth field", Counted.request(remote: "192.0.2.1\0;1"),
      .malformed(.containsNUL(.remote))
    ),
  ]

  @Test(arguments: cases.indices)
  func `Bytes are read as the table says`(index: Int) {
    let entry = Self.cases[index]
    #expect(LoginRequest.read(entry.bytes.span) == entry.reading, "\(entry.name)")
  }

  @Test(arguments: cases.indices)
  func `Every beginning of a request is incomplete or already what the whole is`(index: Int) {
    let entry = Self.cases[index]
    for count in 0..<min(entry.bytes.count, 600) {
      let reading = LoginRequest.read(Array(entry.bytes.prefix(count)).span)
      guard reading != .incomplete, case .whole(let whole) = reading else { continue }
      guard case .whole(let expected) = entry.reading else {
        // NUL in a fifth field is seen only when the field is there.
        #expect(entry.name == "NUL in the fifth field")
        continue
      }
      #expect(whole.login == expected.login && whole.password == expected.password)
      #expect(whole.remote == expected.remote || whole.remote.isEmpty)
    }
  }

  @Test func `What is encoded is read again`() throws {
    let pool = try SecretPool(slots: 2, slotSize: LoginRequest.longest)
    var password = pool.slot()
    #expect(Array("secret".utf8).withUnsafeBytes { password.append($0) })
    var encoded = pool.slot()
    let login = try #require(CountedString("alice"))
    let service = try #require(CountedString("smtp"))
    LoginRequest.encode(login: login, password: password, service: service, realm: .empty, into: &encoded)
    let bytes = encoded.withSpan { span in span.indices.map { span[$0] } }
    #expect(bytes == Counted.request())
  }
}
