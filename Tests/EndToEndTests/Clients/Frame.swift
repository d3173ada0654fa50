/// The bytes of a request, right or wrong.
struct Frame: Equatable, Sendable {
  var bytes: [UInt8] = []

  /// Adds a counted string.
  mutating func add(_ text: some Collection<UInt8>) {
    bytes += [UInt8(text.count >> 8), UInt8(text.count & 0xff)] + text
  }

  /// A request as libsasl 2.1.28 builds it.
  static func login(
    _ login: String, _ password: String, service: String = "smtp", realm: String = ""
  ) -> Frame {
    var frame = Frame()
    for field in [login, password, service, realm] { frame.add(field.utf8) }
    return frame
  }

  /// One counted string.
  static func counted(_ text: String) -> [UInt8] {
    var frame = Frame()
    frame.add(text.utf8)
    return frame.bytes
  }

  func followed(by more: [UInt8]) -> Frame { Frame(bytes: bytes + more) }
}
