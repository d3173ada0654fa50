/// Whose password is checked, and for what: everything of a request that a worker is told, but the password.
package struct LoginSubject: Equatable, Sendable {
  /// As the mechanism is asked; with `append_realm` already `login@realm`.
  package let login: CountedString
  package let service: ServiceName
  package let realm: CountedString
  /// The mail client's address, empty when unknown.
  package let remote: CountedString

  package init(login: CountedString, service: ServiceName, realm: CountedString, remote: CountedString) {
    self.login = login
    self.service = service
    self.realm = realm
    self.remote = remote
  }
}
