package import Credentials
package import Mechanisms
import Testing

/// What holds for every mechanism, whatever it asks.
///
/// The mechanism under test knows exactly one user with one password.
package struct MechanismContract {
  private let mechanism: any Mechanism
  private let name: MechanismName
  private let login: String
  private let password: String

  package init(_ mechanism: any Mechanism, name: MechanismName, login: String, password: String) {
    self.mechanism = mechanism
    self.name = name
    self.login = login
    self.password = password
  }

  /// Asks everything; each disagreement is an issue of the current test.
  package func verify() throws {
    #expect(try ask(password) == .accepted)
    #expect(try ask(password) == .accepted, "asked again")
    try refusesOtherPasswords()
    try refusesOtherLogins()
    try refusesWhatCWouldMisread()
    #expect(try ask(password) == .accepted, "asked after refusals")
  }

  private func refusesOtherPasswords() throws {
    let others = [
      "x", password + "x", String(password.dropLast()), password.uppercased(), " " + password,
      password + " ", "\u{1B}[0m", "*", "!",
      String(repeating: "x", count: name.longestPassword),
      password + String(repeating: "x", count: name.longestPassword - password.utf8.count),
    ]
    for other in others { #expect(try isRefusal(ask(other)), "password \(other.debugDescription)") }
    #expect(try isRefusal(ask(bytes: [0xFF, 0xFE])), "a password that isn't UTF-8")
  }

  private func refusesOtherLogins() throws {
    for other in [login + "x", login.uppercased(), "no-such-user", login + ":", "*", "../" + login] {
      #expect(try isRefusal(ask(password, login: other)), "login \(other)")
    }
  }

  private func refusesWhatCWouldMisread() throws {
    #expect(try ask("") == .refused(.emptyPassword))
    #expect(try ask(password, login: "") == .refused(.emptyLogin))
    #expect(try isRefusal(ask(password + "\0x")), "a NUL ends the password only in C")
    let long = password + String(repeating: "x", count: name.longestPassword + 1 - password.utf8.count)
    #expect(try ask(long) == .refused(.passwordTooLong))
  }

  private func isRefusal(_ verdict: AuthVerdict) -> Bool {
    if case .refused = verdict { true } else { false }
  }

  private func ask(_ password: String, login: String? = nil) throws -> AuthVerdict {
    try ask(bytes: Array(password.utf8), login: login)
  }

  private func ask(bytes password: [UInt8], login: String? = nil) throws -> AuthVerdict {
    mechanism.check(try AuthRequest(login: login ?? self.login, password: password))
  }
}
