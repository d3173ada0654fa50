import Credentials
import Glibc
import TestKit
import Testing
import WorkerProtocol

/// What a worker's memory still tells about passwords that it has checked.
@Suite(.enabled(if: geteuid() == 0, "needs root: a worker's memory is closed to others"))
struct ResidueTests {
  private static let canary = "Kanarienvogel-7f3a91"
  private let directory: PAMDirectory
  private let user: ThrowAwayUser

  init() throws {
    user = try ThrowAwayUser(password: Self.canary)
    directory = try PAMDirectory()
    try directory.serve("smtp", auth: ["required pam_unix.so"], account: ["required pam_unix.so"])
    try directory.serve(
      "imap",
      auth: ["required \(PAMModules.own("pam_ask")) off", "required \(PAMModules.own("pam_fault")) sleep"])
  }

  private func worker() throws -> WorkerProcess {
    let worker = try WorkerProcess(directory, settings: #"mechanisms = ["pam", "shadow"]"#)
    #expect(try worker.receive() == .hello)
    return worker
  }

  @Test func `The scan finds a password while it is being checked`() throws {
    let worker = try worker()
    try worker.send(user.name, Self.canary, service: "imap")
    var found = 0
    let patience = ContinuousClock.now + .seconds(10)
    while found == 0, ContinuousClock.now < patience { found = try copies(in: worker.pid) }
    #expect(found > 0)
  }

  @Test(arguments: [MechanismName.pam, .shadow])
  func `No copy is left of a password that was right`(mechanism: MechanismName) throws {
    let worker = try worker()
    #expect(try worker.check(user.name, Self.canary, mechanism: mechanism)?.verdict == .accepted)
    #expect(try copies(in: worker.pid) == 0)
  }

  @Test(arguments: [MechanismName.pam, .shadow])
  func `No copy is left of a password that was wrong`(mechanism: MechanismName) throws {
    let worker = try worker()
    #expect(try worker.check("root", Self.canary, mechanism: mechanism)?.verdict != .accepted)
    #expect(try worker.check("no-such-user", Self.canary, mechanism: mechanism)?.verdict != .accepted)
    #expect(try worker.check(user.name, Self.canary, service: "pop", mechanism: .pam)?.verdict != .accepted)
    #expect(try copies(in: worker.pid) == 0)
  }

  private func copies(in pid: Int32) throws -> Int { try ProcessMemory(of: pid).count(of: Self.canary) }
}
