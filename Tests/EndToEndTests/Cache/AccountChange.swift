import Testing

/// What an administrator does to alice's account, and what is true from then on.
enum AccountChange: String, CaseIterable, CustomTestStringConvertible {
  case password
  case lock
  case expiry
  case removal
  case stack

  var testDescription: String { rawValue }

  /// The mechanisms for which it matters.
  var mechanisms: [String] { self == .stack ? ["pam"] : ["pam", "shadow"] }

  /// The real program, where the daemon's files stand in /etc.
  func make(in etc: PrivateEtc) async throws {
    switch self {
    case .password: try await etc.run(["passwd", WireAccount.login], input: "Neu-2-lang\nNeu-2-lang\n")
    case .lock: try await etc.run(["usermod", "--lock", WireAccount.login])
    case .expiry: try await etc.run(["chage", "--expiredate", "1", WireAccount.login])
    case .removal: try await etc.run(["userdel", WireAccount.login])
    case .stack: try etc.setStack("auth required pam_deny.so\naccount required pam_deny.so\n", for: "smtp")
    }
  }

  static let newPassword = "Neu-2-lang"
}

extension PrivateEtc {
  /// Runs a program of the system on these files; it has to succeed.
  func run(_ command: [String], input: String = "") async throws {
    let whole = self.command(running: command)
    try await must(whole[0], Array(whole.dropFirst()), input: input)
  }
}
