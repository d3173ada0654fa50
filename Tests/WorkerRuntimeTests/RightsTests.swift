import Credentials
import TestKit
import Testing
import WorkerProtocol

/// What a PAM module may do in a worker that is started with more rights than none.
@Suite struct RightsTests {
  private let directory: PAMDirectory

  init() throws { directory = try PAMDirectory() }

  private static let reaches: [(what: String, rights: WorkerRights, succeeds: Bool)] = [
    ("exec", [], false), ("exec", .network, false), ("exec", .exec, true), ("exec", [.exec, .network], true),
    ("inet", [], false), ("inet", .exec, false), ("inet", .network, true), ("inet6", .network, true),
    ("inet", [.exec, .network], true),
  ]

  @Test(arguments: reaches)
  func `A module reaches what the worker has the right to`(
    what: String, rights: WorkerRights, succeeds: Bool
  ) throws {
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_reach")) \(what)"])
    let worker = try WorkerProcess(directory, rights: rights)
    #expect(try worker.receive() == .hello)
    #expect(try worker.check()?.verdict == (succeeds ? .accepted : .refused(.badPassword)))
  }

  @Test func `A program that a module starts has no hand on the worker's socket`() throws {
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_reach")) socket"])
    let worker = try WorkerProcess(directory, rights: .exec)
    #expect(try worker.receive() == .hello)
    #expect(try worker.check()?.verdict == .refused(.badPassword))
  }
}
