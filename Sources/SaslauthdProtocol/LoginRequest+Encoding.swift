package import Credentials

extension LoginRequest {
  /// Writes a request as libsasl 2.1.28 sends it: four counted strings, in one write.
  ///
  /// - Parameters:
  ///   - login: as the daemon shall see it, without the realm.
  ///   - password: at most 8 KiB.
  ///   - service: for example smtp.
  ///   - realm: often empty.
  ///   - secret: where the bytes go; a slot of at least `longest` bytes.
  package static func encode(
    login: CountedString, password: borrowing Secret, service: CountedString, realm: CountedString,
    into secret: inout Secret
  ) {
    var before: [UInt8] = []
    CountedField.append(login, to: &before)
    CountedField.appendLength(password.count, to: &before)
    var after: [UInt8] = []
    CountedField.append(service, to: &after)
    CountedField.append(realm, to: &after)
    secret.clear()
    let fits =
      before.withUnsafeBytes { secret.append($0) } && password.withBytes { secret.append($0) }
      && after.withUnsafeBytes { secret.append($0) }
    precondition(fits, "the slot holds the longest request")
  }
}
