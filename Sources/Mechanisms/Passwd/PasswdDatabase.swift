import Credentials
import Glibc
import SystemCalls

/// The system's users, through the name service.
enum PasswdDatabase {
  /// The password field of a user, nil when there is no such user.
  ///
  /// - Throws: when the database can't be read.
  static func hash(for login: CountedString) throws(SystemError) -> String? {
    var hash: String?
    try NameServiceBuffer.filling("getpwnam_r") { room, size in
      login.withCString { login in
        var line = passwd()
        var found: UnsafeMutablePointer<passwd>?
        let code = getpwnam_r(login, &line, room, size, &found)
        if code == 0, let found { hash = NameServiceBuffer.text(of: found.pointee.pw_passwd) }
        return code
      }
    }
    return hash
  }

  /// The password fields of all accounts that can be listed.
  static func hashes() -> [String] {
    setpwent()
    defer { endpwent() }
    var hashes: [String] = []
    while let entry = getpwent() { hashes.append(NameServiceBuffer.text(of: entry.pointee.pw_passwd)) }
    return hashes
  }
}
