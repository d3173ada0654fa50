import Credentials
import Glibc
import TestKit
import Testing
import WorkerProtocol

/// The host's own accounts through a confined worker: pam_unix and shadow side by side.
@Suite(.enabled(if: geteuid() == 0, "needs root: it makes users"))
struct SystemAccountTests {
  private let user: ThrowAwayUser
  private let directory: PAMDirectory
  private let worker: WorkerProcess

  init() throws {
    user = try ThrowAwayUser(password: "Mañana früh?")
    directory = try PAMDirectory()
    try directory.serve("smtp", auth: ["required pam_unix.so"], account: ["required pam_unix.so"])
    worker = try WorkerProcess(directory, settings: #"mechanisms = ["pam", "shadow", "getpwent"]"#)
    #expect(try worker.receive() == .hello)
  }

  private func ask(
    _ mechanism: MechanismName, password: String = "Mañana früh?", login: String? = nil
  ) throws -> AuthVerdict? {
    try worker.check(login ?? user.name, password, mechanism: mechanism)?.verdict
  }

  @Test(arguments: [MechanismName.pam, .shadow])
  func `The right password is accepted, another is not`(mechanism: MechanismName) throws {
    #expect(try ask(mechanism) == .accepted)
    #expect(try ask(mechanism, password: "Manana fruh?") == .refused(.badPassword))
    #expect(try ask(mechanism, login: "no-such-user") == .refused(.unknownUser))
    #expect(try ask(mechanism) == .accepted)
  }

  @Test func `The user database itself holds no password`() throws {
    #expect(try ask(.getpwent) == .refused(.unusableHash))
  }

  @Test(arguments: [MechanismName.pam, .shadow])
  func `A new password counts at once`(mechanism: MechanismName) throws {
    #expect(try ask(mechanism) == .accepted)
    try user.change("usermod", ["-p", "$1$saltsalt$qjXMvbEw8oaL.CzflDtaK/"])
    #expect(try ask(mechanism) == .refused(.badPassword))
    #expect(try ask(mechanism, password: "password") == .accepted)
  }

  @Test(arguments: [(MechanismName.pam, Refusal.badPassword), (.shadow, .unusableHash)])
  func `A locked account is refused`(mechanism: MechanismName, refusal: Refusal) throws {
    try user.change("usermod", ["--lock"])
    #expect(try ask(mechanism) == .refused(refusal))
  }

  @Test(arguments: [MechanismName.pam, .shadow])
  func `An expired account is refused`(mechanism: MechanismName) throws {
    try user.change("usermod", ["--expiredate", "2001-01-01"])
    #expect(try ask(mechanism) == .refused(.accountExpired))
  }

  @Test(arguments: [MechanismName.pam, .shadow])
  func `An expired password is refused`(mechanism: MechanismName) throws {
    try user.change("chage", ["--lastday", "2001-01-01", "--maxdays", "90"])
    #expect(try ask(mechanism) == .refused(.passwordExpired))
  }
}
