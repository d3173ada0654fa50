import Authentication
import Credentials
import SaslauthdProtocol

/// Makes what the cache knows logins by, with keys that no other process has and that end with this one.
struct LoginFingerprints {
  private let requests: DigestKey
  private let credentials: DigestKey

  /// Takes two slots of `pool`; nil when it has none.
  init?(pool: SecretPool) {
    guard let requests = DigestKey(pool: pool), let credentials = DigestKey(pool: pool) else { return nil }
    self.requests = requests
    self.credentials = credentials
  }

  /// The fingerprint of a request, its fields taken as they stand in `bytes`, each after its length.
  ///
  /// The remote address counts without its port, as the mechanism is told it.
  func fingerprint(of request: LoginRequest, in bytes: UnsafeRawBufferPointer) -> LoginFingerprint {
    let password = request.password.upperBound
    let realm =
      password + 2 * CountedField.lengthBytes + request.service.bytes.count + request.realm.bytes.count
    var digest = requests.digest(of: UnsafeRawBufferPointer(rebasing: bytes[..<realm]))
    if !request.remote.isEmpty { digest = requests.digest(of: digest, and: request.remote.bytes) }
    return LoginFingerprint(
      request: digest,
      credentials: credentials.digest(of: UnsafeRawBufferPointer(rebasing: bytes[..<password])))
  }
}
