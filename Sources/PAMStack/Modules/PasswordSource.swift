/// The modules that ask a source which can be down: a file, a daemon, a server.
enum PasswordSource {
  /// Whether `module` is one of them.
  static func isAsked(by module: String) -> Bool { modules.contains(name(of: module)) }

  /// The module's name without its directory and `.so`.
  static func name(of module: String) -> String {
    let file = module.split(separator: "/").last ?? ""
    return String(file.hasSuffix(".so") ? file.dropLast(3) : file)
  }

  private static let modules: Set = [
    "pam_krb5", "pam_ldap", "pam_mysql", "pam_pgsql", "pam_pwdfile", "pam_radius_auth", "pam_sss",
    "pam_tacplus", "pam_unix", "pam_userdb", "pam_winbind",
  ]
}
