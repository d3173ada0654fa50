import Credentials
import SaslauthdProtocol

/// The logins of one kind, encoded beforehand and asked for in turn.
///
/// These passwords are nobody's, and the load has to cost little: the bytes are ordinary memory.
struct LoginSeries {
  private let requests: [[UInt8]]
  private var next = 0

  /// Nil when a value doesn't fit the wire.
  init?(_ logins: [String], password: String, service: String, realm: String) {
    guard password.utf8.count <= LoginRequest.longestPassword, let service = CountedString(service),
      let realm = CountedString(realm)
    else { return nil }
    var requests: [[UInt8]] = []
    requests.reserveCapacity(logins.count)
    for login in logins {
      guard let login = CountedString(login) else { return nil }
      var bytes: [UInt8] = []
      CountedField.append(login, to: &bytes)
      CountedField.appendLength(password.utf8.count, to: &bytes)
      bytes += password.utf8
      CountedField.append(service, to: &bytes)
      CountedField.append(realm, to: &bytes)
      requests.append(bytes)
    }
    self.requests = requests
  }

  /// Gives the bytes of the next request to `body`.
  mutating func withNext<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    defer { next = next + 1 == requests.count ? 0 : next + 1 }
    return requests[next].withUnsafeBytes(body)
  }
}
