import Credentials
import Glibc
import Settings
import TestKit
import Testing
import WorkerProtocol

@Suite struct WorkerTests {
  private let directory: PAMDirectory

  init() throws {
    directory = try PAMDirectory()
    try directory.serve("smtp", auth: ["required \(PAMModules.permit)"])
    try directory.serve("imap", auth: ["required \(PAMModules.deny)"])
  }

  /// A worker that has said hello.
  private func worker(settings: String = #"mechanisms = "pam""#) throws -> WorkerProcess {
    let worker = try WorkerProcess(directory, settings: settings)
    #expect(try worker.receive() == .hello)
    return worker
  }

  @Test func `A worker says hello, then answers one check after the other`() throws {
    let worker = try worker()
    for _ in 0..<3 {
      #expect(try worker.check()?.verdict == .accepted)
      #expect(try worker.check(service: "imap")?.verdict == .refused(.badPassword))
      #expect(try worker.check(service: "pop")?.verdict == .refused(.serviceWithoutFile))
    }
  }

  @Test func `Checks sent ahead are answered in their order`() throws {
    let worker = try worker()
    let first = try worker.send("alice", "x")
    let second = try worker.send("alice", "x", service: "imap")
    #expect(
      try worker.receive()
        == .verdict(WorkerMessage.Verdict(id: first, verdict: .accepted, leaving: false)))
    #expect(
      try worker.receive()
        == .verdict(WorkerMessage.Verdict(id: second, verdict: .refused(.badPassword), leaving: false)))
  }

  @Test func `When postern-auth is gone the worker goes too`() throws {
    let worker = try worker()
    worker.hangUp()
    #expect(worker.ending() == .exited(EXIT_SUCCESS))
  }

  @Test func `The process is what the table of processes says`() throws {
    let worker = try worker()
    #expect(try worker.check()?.verdict == .accepted)
    let status = try ProcessStatus(of: worker.pid)
    for set in ["CapEff", "CapPrm", "CapInh", "CapAmb"] {
      #expect(status.capabilities(set).isEmpty, "\(set)")
    }
    #expect(status["NoNewPrivs"] == "1")
    #expect(status["Seccomp"] == "2")
    #expect(status["Threads"] == "1")
    #expect(status.capabilities("SigCgt") == [Int(SIGIO) - 1], "no crash reporter")
    let user = geteuid() == 0 ? 65_534 : Int(geteuid())
    #expect(status.numbers("Uid") == Array(repeating: user, count: 4))
  }

  @Test(.enabled(if: geteuid() == 0, "needs root: the process can't be looked at"))
  func `Root's worker is nobody, with group shadow and four descriptors`() throws {
    let worker = try worker()
    #expect(try worker.check()?.verdict == .accepted)
    let status = try ProcessStatus(of: worker.pid)
    let shadow = try #require(getgrnam("shadow")).pointee.gr_gid
    #expect(status.numbers("Gid") == Array(repeating: 65_534, count: 4))
    #expect(status.numbers("Groups") == [Int(shadow)])
    #expect(try status.descriptors() == [0, 1, 2, 3])
  }

  @Test(
    arguments: [
      [0x3C], Array(repeating: 0, count: 14), Array("password".utf8), WorkerMessage.hello.encoded,
      [0x3C, 1, 0, 0, 0, 0] + Array(repeating: 0, count: 8),
      [0x3C, 2, 0, 0, 0, 0] + Array(repeating: 0, count: 8),
      Array(repeating: 0x3C, count: CheckFrame.longest + 1),
    ])
  func `Who speaks another language is left`(bytes: [UInt8]) throws {
    let worker = try worker()
    try worker.send(bytes)
    #expect(try worker.receive() == nil)
    #expect(worker.ending() == .exited(EXIT_FAILURE))
  }

  @Test func `A mechanism that isn't configured is not asked`() throws {
    let worker = try worker()
    #expect(try worker.check(mechanism: .shadow) == nil)
    #expect(worker.ending() == .exited(EXIT_FAILURE))
  }
}
