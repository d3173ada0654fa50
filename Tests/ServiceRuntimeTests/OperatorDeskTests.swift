import Control
import EventLoop
import Glibc
import SystemCalls
import TestKit
import Testing

@testable import ServiceRuntime

@Suite(.timeLimit(.minutes(10)))
struct OperatorDeskTests {
  private let directory: TemporaryDirectory
  private let loop: EventLoop

  init() throws {
    directory = try TemporaryDirectory()
    loop = try EventLoop()
  }

  /// A desk with little patience, at a service that takes `delay` for every answer.
  private func desk(delay: Duration) -> OperatorDesk {
    let answer: (@escaping (String) -> Void) -> Void = { [loop] reply in
      loop.schedule(after: delay) { reply("answer=yes") }
    }
    let desk = OperatorDesk(
      loop: loop, owner: geteuid(),
      services: OperatorDesk.Services(
        status: answer, greylist: { _, reply in answer(reply) }, decisions: { _, reply in answer(reply) },
        reload: {}, stop: {}))
    desk.patience = .milliseconds(20)
    return desk
  }

  /// All that a client reads who sends `bytes`.
  private func converse(with desk: OperatorDesk, _ bytes: String, thenEnds: Bool = false) throws -> String {
    let path = directory.path + "/control"
    try desk.listen(on: try UnixSocket.listen(at: path, backlog: 4))
    let client = try UnixSocket.connect(to: path)
    let number = client.number
    send(number, bytes, bytes.utf8.count, 0)
    if thenEnds { shutdown(number, Int32(SHUT_WR)) }
    var read: [UInt8] = []
    func readOn() {
      var piece = [UInt8](repeating: 0, count: 4096)
      let count = recv(number, &piece, piece.count, Int32(MSG_DONTWAIT))
      if count == 0 { return loop.stop() }
      read += piece.prefix(max(0, count))
      loop.schedule(after: .milliseconds(1)) { readOn() }
    }
    loop.schedule(after: .zero) { readOn() }
    try loop.run()
    desk.close()
    return String(decoding: read, as: UTF8.self)
  }

  @Test(arguments: ["status", "decision-history limit=5", "greylist-stats"])
  func `a question that was asked in time is answered when the service can`(question: String) throws {
    let answer = try converse(with: desk(delay: .milliseconds(60)), question + "\n")
    #expect(answer == "answer=yes\n")
  }

  @Test func `who says that he asks nothing more is answered`() throws {
    let answer = try converse(with: desk(delay: .milliseconds(5)), "status\n", thenEnds: true)
    #expect(answer == "answer=yes\n")
  }

  @Test(arguments: [false, true]) func `a question that isn't asked to its end isn't waited for`(
    thenEnds: Bool
  )
    throws
  {
    #expect(try converse(with: desk(delay: .zero), "status", thenEnds: thenEnds) == "")
  }
}
