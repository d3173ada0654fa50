import Credentials
import Glibc
import SystemCalls
import TestKit
import Testing
import WorkerProtocol

/// What a PAM module does to the worker that it runs in.
@Suite struct ModuleFaultTests {
  private let directory: PAMDirectory

  init() throws { directory = try PAMDirectory() }

  /// A worker whose service runs pam_fault, and says yes should it come back.
  private func worker(_ fault: String, deadline: Int = 10) throws -> WorkerProcess {
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_fault")) \(fault)"])
    let worker = try WorkerProcess(directory, deadline: deadline)
    #expect(try worker.receive() == .hello)
    return worker
  }

  @Test(arguments: ["sleep", "loop"])
  func `A check that hangs ends the worker at twice the deadline, though nobody asks`(fault: String) throws {
    let worker = try worker(fault, deadline: 1)
    let began = ContinuousClock.now
    #expect(try worker.check() == nil)
    #expect(worker.ending() == .killed(SIGKILL))
    #expect(ContinuousClock.now - began >= .seconds(1.9))
  }

  @Test func `A worker that waits for work has all the time in the world`() throws {
    try directory.serve("smtp", auth: ["required \(PAMModules.permit)"])
    let worker = try WorkerProcess(directory, deadline: 1)
    #expect(try worker.receive() == .hello)
    #expect(try worker.check()?.verdict == .accepted)
    // The idle time is the subject: longer than the worker's own timer, which is twice its deadline.
    usleep(2_200_000)
    #expect(try worker.check()?.verdict == .accepted)
  }

  @Test(
    arguments: [
      ("crash", WorkerProcess.Ending.killed(SIGSEGV)), ("foreign", .killed(SIGSYS)), ("exit", .exited(0)),
      ("close", .exited(1)),
    ])
  func `A module that ends the worker has not said yes`(fault: String, ending: WorkerProcess.Ending) throws {
    let worker = try worker(fault)
    #expect(try worker.check() == nil)
    #expect(worker.ending() == ending)
  }

  @Test func `A worker whose postern-auth is gone ends in the middle of a check`() throws {
    let neighbour = try Neighbour(answer: 0)
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_neighbour")) \(neighbour.path)"])
    let worker = try WorkerProcess(directory, deadline: 300)
    #expect(try worker.receive() == .hello)
    try worker.send("alice", "geheim")
    let asked = try neighbour.holding {
      worker.hangUp()
      #expect(worker.ending() == .killed(SIGIO))
    }
    #expect(asked == "alice")
  }

  /// As the signal of a check's own message can, when its sender is interrupted before the kernel raises it.
  @Test func `What arrives in the middle of a check doesn't end it`() throws {
    let neighbour = try Neighbour(answer: 0)
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_neighbour")) \(neighbour.path)"])
    let worker = try WorkerProcess(directory)
    #expect(try worker.receive() == .hello)
    try worker.send("alice", "x")
    // The module waits for its server by now; nobody tells us.
    usleep(200_000)
    try worker.send("alice", "x")
    for id in UInt64(1)...2 {
      #expect(try neighbour.serve() == "alice")
      guard case .verdict(let answer) = try worker.receive() else {
        Issue.record("no verdict")
        return
      }
      #expect(answer.id == id && answer.verdict == .accepted)
    }
  }

  @Test func `A module that ends the thread has not said yes`() throws {
    let worker = try worker("thread-exit", deadline: 1)
    #expect(try worker.check() == nil)
    _ = worker.ending()
  }

  @Test func `A module that writes to the worker's socket sends no frame of ours`() throws {
    let worker = try worker("forge")
    try worker.send("alice", "x")
    #expect(throws: FrameError.self) { try worker.receive() }
  }

  /// The supervisor ends what is left.
  ///
  /// pam_unix forks for its password checker; where it can't, an outage looks like a wrong password.
  @Test func `A module that leaves a process behind doesn't keep its worker`() throws {
    let worker = try worker("fork")
    #expect(try worker.check()?.verdict == .accepted)
    #expect(try worker.check()?.verdict == .accepted)
  }

  @Test(arguments: ["exec", "inet", "trace"])
  func `The sandbox denies what a module must not do, and the login goes on`(fault: String) throws {
    #expect(try worker(fault).check()?.verdict == .accepted)
  }

  @Test func `A module that leaks makes the worker leave, and no login is lost`() throws {
    let worker = try worker("leak")
    var answered = 0
    while let answer = try worker.check() {
      #expect(answer.verdict == .accepted)
      answered += 1
      if answer.leaving { break }
      try #require(answered < 200, "it leaks a MiB each time")
    }
    #expect(answered > 20)
    #expect(try worker.receive() == nil)
    #expect(worker.ending() == .exited(EXIT_SUCCESS))
  }

  @Test(
    arguments: [
      (Int32(0), AuthVerdict.accepted), (7, .refused(.badPassword)), (9, .unavailable(.sourceUnavailable)),
    ])
  func `A module may ask its server behind a unix socket`(code: Int32, verdict: AuthVerdict) throws {
    let neighbour = try Neighbour(answer: UInt8(code))
    try directory.serve("smtp", auth: ["required \(PAMModules.own("pam_neighbour")) \(neighbour.path)"])
    let worker = try WorkerProcess(directory)
    #expect(try worker.receive() == .hello)
    try worker.send("alice", "x")
    #expect(try neighbour.serve() == "alice")
    guard case .verdict(let answer) = try worker.receive() else {
      Issue.record("no verdict")
      return
    }
    #expect(answer.verdict == verdict)
  }
}
