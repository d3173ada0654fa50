/// A password that stands nowhere but in the requests of these tests, and the account that it opens.
enum Canary {
  static let login = "canary-owner"
  static let password = "Kanarienvogel-7f3a91c5e2b8"
  private static let uid = 64_011
  /// SHA-512 with few rounds: these tests are not about hashing.
  private static let shadow =
    #"$6$rounds=1000$postern$"#
    + #"BxqVj/VB4/NSOh8.qU92huRy3Uat.I1I0oVGjsxql5Jj54kaKzTKCAG69h/9RKYspPwUmFxTeVm8TN.x1sNnM/:20000::::::"#

  /// Puts the account into a daemon's own /etc: service smtp checks, imap sleeps before it, pop is down.
  static func add(to etc: PrivateEtc, _ sleeper: SleepingStack) throws {
    try etc.add(login, uid: uid, shadow: shadow)
    try etc.setStack("auth required pam_unix.so nodelay\naccount required pam_unix.so\n", for: "smtp")
    try etc.setStack(sleeper.stack, for: "imap")
    try etc.setStack(
      "auth required pam_unix.so nodelay\nauth required pam_debug.so auth=authinfo_unavail\n", for: "pop")
  }
}
