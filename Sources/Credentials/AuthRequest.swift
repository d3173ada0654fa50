/// One login to be checked, as a mechanism gets it.
package struct AuthRequest: ~Copyable {
  /// The user's name, not empty; with `append_realm` already `login@realm`.
  package let login: CountedString
  /// Not empty and no NUL inside.
  package let password: Secret
  package let service: ServiceName
  /// As the client sent it; often empty.
  package let realm: CountedString
  /// The mail client's address without its port, empty when nobody told it.
  package let remote: CountedString

  package init(
    login: CountedString, password: consuming Secret, service: ServiceName, realm: CountedString,
    remote: CountedString
  ) {
    self.login = login
    self.password = password
    self.service = service
    self.realm = realm
    self.remote = remote
  }
}
