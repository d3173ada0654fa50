/// The bytes of a request, right or wrong.
struct Frame: Equatable {
  var bytes: [UInt8] = []

  /// A counted string whose length says `count`, whatever follows.
  mutating func add(_ text: some Sequence<UInt8>, counted count: Int? = nil) {
    let text = Array(text)
    let count = count ?? text.count
    bytes += [UInt8(count >> 8 & 0xff), UInt8(count & 0xff)] + text
  }

  /// A request as libsasl 2.1.28 builds it.
  static func login(
    _ login: String, _ password: String, service: String = "smtp", realm: String = ""
  ) -> Frame {
    var frame = Frame()
    for field in [login, password, service, realm] { frame.add(field.utf8) }
    return frame
  }

  func followed(by more: [UInt8]) -> Frame { Frame(bytes: bytes + more) }
}
