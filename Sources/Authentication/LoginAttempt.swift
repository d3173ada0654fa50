package import Credentials

/// A decoded request without its password, which stays with the connection.
package struct LoginAttempt: Equatable, Sendable {
  package let login: CountedString
  /// How many bytes the password has.
  package let passwordLength: Int
  package let service: CountedString
  package let realm: CountedString
  /// The mail client's address, empty when unknown.
  package let remote: CountedString
  /// What the cache knows the attempt by; nil where nothing is remembered.
  package let fingerprint: LoginFingerprint?

  package init(
    login: CountedString, passwordLength: Int, service: CountedString, realm: CountedString,
    remote: CountedString, fingerprint: LoginFingerprint? = nil
  ) {
    self.login = login
    self.passwordLength = passwordLength
    self.service = service
    self.realm = realm
    self.remote = remote
    self.fingerprint = fingerprint
  }
}

/// A login in the cache, which holds neither passwords nor what they could be guessed from without the key.
package struct LoginFingerprint: Hashable, Sendable {
  /// Of every value that a mechanism is given or that chooses it, each with its length: login, password,
  /// service, realm, remote address.
  package let request: KeyedDigest
  /// Of login and password, each with its length.
  package let credentials: KeyedDigest

  package init(request: KeyedDigest, credentials: KeyedDigest) {
    self.request = request
    self.credentials = credentials
  }
}
