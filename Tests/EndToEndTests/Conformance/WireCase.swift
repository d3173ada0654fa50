import Testing

/// One row of the wire table: what a client sends, and what comes back on that connection.
struct WireCase: Sendable, CustomTestStringConvertible {
  enum Ending: Sendable { case staysOpen, halfCloses }

  /// The number in the conformance checklist.
  var item: Int
  var title: String
  var bytes: [UInt8]
  var ending = Ending.staysOpen
  var answer: MuxAnswer
  var reference = Reference<MuxAnswer>.same

  var testDescription: String { "\(item) \(title)" }
}

extension WireCase {
  private static let login = WireAccount.login
  private static let password = WireAccount.password
  private static let right = Frame.login(login, password)

  static let all = verdicts + lengths + truncated + stray

  private static let verdicts = [
    WireCase(item: 1, title: "right password", bytes: right.bytes, answer: .ok),
    WireCase(item: 2, title: "wrong password", bytes: Frame.login(login, "geheim-1").bytes, answer: .no),
    WireCase(item: 3, title: "unknown login", bytes: Frame.login("nobody-here", password).bytes, answer: .no),
    WireCase(item: 4, title: "empty password", bytes: Frame.login(login, "").bytes, answer: .no),
    WireCase(item: 4, title: "empty login", bytes: Frame.login("", password).bytes, answer: .no),
    WireCase(
      item: 5, title: "a realm", bytes: Frame.login(login, password, realm: "example.org").bytes, answer: .ok),
    WireCase(
      item: 6, title: "a whole fifth field",
      bytes: right.followed(by: Frame.counted("203.0.113.7;40123")).bytes, answer: .ok),
    WireCase(
      item: 6, title: "half a fifth field", bytes: right.followed(by: [0, 17, 0x32]).bytes, answer: .ok),
    WireCase(
      item: 37, title: "a service that isn't allowed",
      bytes: Frame.login(login, password, service: "ftp").bytes,
      answer: .no, reference: .differs(.ok, because: "any name falls to /etc/pam.d/other there")),
    WireCase(
      item: 37, title: "a service that is a path",
      bytes: Frame.login(login, password, service: "../pam.d/smtp").bytes, answer: .no,
      reference: .differs(.ok, because: "libpam takes the last component, a file of our choice or not")),
    WireCase(
      item: 37, title: "a service in capitals", bytes: Frame.login(login, password, service: "SMTP").bytes,
      answer: .ok),
  ]

  private static let unreadable = Reference<MuxAnswer>.differs(
    .no, because: "it answers NO, which tells the user that the password is wrong")

  private static let lengths = [
    WireCase(item: 8, title: "login of 256", bytes: Frame.login(long(256), password).bytes, answer: .no),
    WireCase(item: 8, title: "password of 256", bytes: Frame.login(login, long(256)).bytes, answer: .no),
    WireCase(
      item: 8, title: "service of 256", bytes: Frame.login(login, password, service: long(256)).bytes,
      answer: .no,
      reference: .differs(.ok, because: "any name falls to /etc/pam.d/other there")),
    WireCase(
      item: 8, title: "realm of 256", bytes: Frame.login(login, password, realm: long(256)).bytes, answer: .ok
    ),
    WireCase(
      item: 9, title: "login of 257", bytes: Frame.login(long(257), password).bytes, answer: .closed,
      reference: unreadable),
    WireCase(
      item: 9, title: "service of 257", bytes: Frame.login(login, password, service: long(257)).bytes,
      answer: .closed, reference: unreadable),
    WireCase(
      item: 9, title: "realm of 257", bytes: Frame.login(login, password, realm: long(257)).bytes,
      answer: .closed, reference: unreadable),
    WireCase(
      item: 9, title: "password of 257", bytes: Frame.login(login, long(257)).bytes, answer: .no),
    WireCase(
      item: 9, title: "password of 8192", bytes: Frame.login(login, long(8192)).bytes, answer: .no),
    WireCase(
      item: 9, title: "password of 8193", bytes: Frame.login(login, long(8193)).bytes, answer: .closed,
      reference: unreadable),
    WireCase(
      item: 10, title: "login of 65535, announced", bytes: [0xff, 0xff], answer: .closed,
      reference: unreadable),
    WireCase(
      item: 10, title: "password of 65535, announced", bytes: Frame.counted(login) + [0xff, 0xff],
      answer: .closed, reference: unreadable),
  ]

  private static let truncated = [0, 1, 2, 5, 8, 12, 18, 20, 24, right.bytes.count - 1].map {
    WireCase(
      item: 11, title: "half-closed after \($0) bytes", bytes: Array(right.bytes.prefix($0)),
      ending: .halfCloses,
      answer: .closed)
  }

  private static let stray =
    [
      ("login", Frame.login(login + "\0x", password), MuxAnswer.ok),
      ("password", Frame.login(login, password + "\0x"), .ok),
      ("service", Frame.login(login, password, service: "smtp\0x"), .ok),
      ("realm", Frame.login(login, password, realm: "a\0x"), .ok),
      ("login, nothing before it", Frame.login("\0" + login, password), .no),
      ("password, nothing before it", Frame.login(login, "\0" + password), .no),
    ].map {
      WireCase(
        item: 12, title: "NUL in the \($0)", bytes: $1.bytes, answer: .closed,
        reference: .differs($2, because: "it hands C strings on, so what follows a NUL goes unread"))
    } + [
      WireCase(
        item: 13, title: "bytes after the request", bytes: right.followed(by: [7, 7, 7]).bytes, answer: .ok),
      WireCase(
        item: 13, title: "two requests in a write", bytes: right.followed(by: right.bytes).bytes, answer: .ok),
      WireCase(
        item: 13, title: "a wrong request and a right one in a write",
        bytes: Frame.login(login, "x").followed(by: right.bytes).bytes, answer: .no),
    ]

  private static func long(_ count: Int) -> String { String(repeating: "a", count: count) }
}

/// The account that the wire table logs in with; it exists in the daemon's own /etc only.
enum WireAccount {
  static let login = "alice"
  static let password = "Geheim-1"
  static let uid = 64_010
  /// SHA-512 with few rounds: these tests are not about hashing.
  static let shadow =
    #"$6$rounds=1000$postern$"#
    + #"hXDn2JV4HenUTrl54QM5EIeTceftJPakq5fduwT14bLk/RCRfarCjB0NkqbOfizhdwmOkBfjwWLs3lmwSStUS.:20000::::::"#

  /// Puts it there, beside a stack that does not make a wrong password wait.
  static func add(to etc: PrivateEtc) throws {
    try etc.add(login, uid: uid, shadow: shadow)
    let stack = "auth required pam_unix.so nodelay\naccount required pam_unix.so\n"
    for service in ["smtp", "other"] { try etc.setStack(stack, for: service) }
  }
}
