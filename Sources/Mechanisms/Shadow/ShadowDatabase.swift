import CLinux
import Credentials
import Glibc
import SystemCalls

/// The system's users and their hashes, through the name service.
enum ShadowDatabase {
  private static let path = "/etc/shadow"

  /// The entry of a user, nil when there is no such user or he has no entry.
  ///
  /// - Throws: when the database can't be read.
  static func entry(for login: CountedString) throws(SystemError) -> ShadowEntry? {
    guard try PasswdDatabase.hash(for: login) != nil else { return nil }
    // With a second source behind the files, the name service tells an unreadable file as "not found"; systemd's
    // even makes up an entry for root.
    if access(path, R_OK) != 0, errno == EACCES { throw SystemError("open \(path)") }
    var entry: ShadowEntry?
    try NameServiceBuffer.filling("getspnam_r") { room, size in
      login.withCString { login in
        var line = spwd()
        var found: UnsafeMutablePointer<spwd>?
        let code = getspnam_r(login, &line, room, size, &found)
        if code == 0, let found { entry = ShadowEntry(found.pointee) }
        return code
      }
    }
    return entry
  }

  /// The password fields of all accounts that can be listed.
  static func hashes() -> [String] {
    setspent()
    defer { endspent() }
    var hashes: [String] = []
    while let entry = getspent() { hashes.append(NameServiceBuffer.text(of: entry.pointee.sp_pwdp)) }
    return hashes
  }
}

extension ShadowEntry {
  fileprivate init(_ line: spwd) {
    hash = NameServiceBuffer.text(of: line.sp_pwdp)
    lastChange = line.sp_lstchg
    maximum = line.sp_max
    expires = line.sp_expire
  }
}
