/// A private directory of PAM service files; it has no `other`.
package struct PAMDirectory {
  private let directory: TemporaryDirectory

  package init() throws { directory = try TemporaryDirectory() }

  package var path: String { directory.path }

  /// Writes the file of a service.
  ///
  /// - Parameters:
  ///   - service: the file's name.
  ///   - auth: control, module and arguments of each auth line.
  ///   - account: the same for the account phase; by default everybody may in.
  /// - Throws: when it can't be written.
  package func serve(
    _ service: String, auth: [String], account: [String] = ["required \(PAMModules.permit)"]
  ) throws {
    let lines = auth.map { "auth \($0)" } + account.map { "account \($0)" }
    try directory.write(lines.joined(separator: "\n") + "\n", to: service)
  }

  /// Writes a service over pam_matrix that knows these users.
  ///
  /// - Parameters:
  ///   - service: the service's name.
  ///   - users: passwords by login.
  /// - Throws: when it can't be written.
  package func serveMatrix(_ service: String, users: [String: String]) throws {
    let lines = users.map { "\($0.key):\($0.value):\(service)\n" }
    let database = try directory.write(lines.joined(), to: "\(service).passwd")
    let module = "required \(PAMModules.matrix) passdb=\(database)"
    try serve(service, auth: [module], account: [module])
  }

  /// Writes any text as the file of a service.
  package func write(_ text: String, to service: String) throws { try directory.write(text, to: service) }
}
