package import Credentials
import Testing

extension AuthRequest {
  /// A request in locked memory of its own, for service smtp.
  package init(
    login: String, password: [UInt8], service: String = "smtp", realm: String = "", remote: String = ""
  ) throws {
    let pool = try SecretPool(slots: 1, slotSize: max(password.count, 1))
    self.init(
      login: try #require(CountedString(login)), password: pool.slot(holding: password),
      service: try #require(ServiceName(service)), realm: try #require(CountedString(realm)),
      remote: try #require(CountedString(remote)))
  }

  /// The same with a password in UTF-8.
  package init(
    login: String, password: String, service: String = "smtp", realm: String = "", remote: String = ""
  ) throws {
    try self.init(
      login: login, password: Array(password.utf8), service: service, realm: realm, remote: remote)
  }
}
