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

  package init(
    login: CountedString, passwordLength: Int, service: CountedString, realm: CountedString,
    remote: CountedString
  ) {
    self.login = login
    self.passwordLength = passwordLength
    self.service = service
    self.realm = realm
    self.remote = remote
  }
}
