import SystemCalls
import Testing

@testable import EventLoop

@Suite(.timeLimit(.minutes(10))) struct BufferedConnectionTests {
  typealias Case = (length: Int, cause: BufferedConnection.Cause)

  private let loop: EventLoop
  private let limits = BufferedConnection.Limits(inbound: 64, outbound: 1 << 16)

  init() throws {
    loop = try EventLoop()
  }

  /// Takes lines, and keeps them and all else that it is told.
  private final class LineOwner {
    var lines: [String] = []
    var cause: BufferedConnection.Cause?
    var onLine: (BufferedConnection, String) -> Void = { _, _ in }
    var onInputEnd: (BufferedConnection) -> Void = { $0.finish() }
    var onClose: () -> Void = {}

    var handlers: BufferedConnection.Handlers {
      .init(
        received: { [self] connection, bytes in
          guard let end = bytes.indices.first(where: { bytes[$0] == UInt8(ascii: "\n") }) else { return 0 }
          let line = String(decoding: (0..<end).map { bytes[$0] }, as: UTF8.self)
          lines.append(line)
          onLine(connection, line)
          return end + 1
        },
        inputEnded: { [self] in onInputEnd($0) },
        closed: { [self] _, cause in
          #expect(self.cause == nil, "closed is told once")
          self.cause = cause
          onClose()
        })
    }
  }

  private func run(_ socket: SocketEnd, _ owner: LineOwner) throws {
    owner.onClose = { [loop] in loop.stop() }
    try BufferedConnection(socket.give(), on: loop, limits: limits, handlers: owner.handlers)
    try loop.run()
  }

  /// Lets `step` run once a turn until it says that it is done.
  private func eachTurn(_ step: @escaping () -> Bool) {
    loop.schedule(after: .zero) { if !step() { eachTurn(step) } }
  }

  @Test(arguments: [1, 2, 3, 7, 100])
  func `messages arrive whole, however they are cut`(piece: Int) throws {
    let (ours, peer) = SocketEnd.pair()
    let owner = LineOwner()
    owner.onLine = { connection, line in connection.send(Array("<\(line)>".utf8).span) }
    var rest = Array("one\ntwo\n\nthree\n".utf8)[...]
    eachTurn {
      peer.write(Array(rest.prefix(piece)))
      rest = rest.dropFirst(piece)
      if rest.isEmpty { peer.endOutput() }
      return rest.isEmpty
    }
    try run(ours, owner)
    #expect(owner.lines == ["one", "two", "", "three"])
    #expect(owner.cause == .owner)
    #expect(peer.read() == Array("<one><two><><three>".utf8))
    #expect(peer.read() == nil)
  }

  @Test func `what the socket doesn't take is sent as the peer reads, and finish waits for it`() throws {
    let (ours, peer) = SocketEnd.pair(room: 4096)
    let sent = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    let owner = LineOwner()
    owner.onLine = { connection, _ in
      connection.send(sent.span)
      connection.finish()
      connection.send([0].span)
    }
    peer.write("go\n")
    var read: [UInt8] = []
    eachTurn {
      guard let piece = peer.read(upTo: 1000) else { return true }
      read += piece
      return false
    }
    try run(ours, owner)
    while let piece = peer.read() { read += piece }
    #expect(owner.cause == .owner)
    let isWhole = read == sent
    #expect(isWhole)
  }

  @Test func `a peer that has ended its output still gets an answer that takes time`() throws {
    let (ours, peer) = SocketEnd.pair()
    let owner = LineOwner()
    var endings = 0
    owner.onLine = { [loop] connection, _ in
      loop.schedule(after: .milliseconds(5)) {
        connection.send(Array("late".utf8).span)
        connection.finish()
      }
    }
    owner.onInputEnd = { _ in endings += 1 }
    peer.write("question\n")
    peer.endOutput()
    let before = threadTime()
    try run(ours, owner)
    #expect(endings == 1)
    #expect(owner.cause == .owner)
    #expect(peer.read() == Array("late".utf8))
    #expect(threadTime() - before < .milliseconds(100))
  }

  @Test func `a peer that never reads is no longer read from, and ends at the deadline`() throws {
    let (ours, peer) = SocketEnd.pair(room: 4096)
    let owner = LineOwner()
    owner.onLine = { connection, _ in connection.send([UInt8](repeating: 1, count: 500).span) }
    owner.onClose = { [loop] in loop.stop() }
    let connection = try BufferedConnection(
      ours.give(), on: loop, limits: limits, handlers: owner.handlers)
    connection.setDeadline(loop.now + .milliseconds(500))
    var isBlocked = false
    eachTurn {
      isBlocked = peer.write("q\n") < 2
      return isBlocked
    }
    let before = threadTime()
    try loop.run()
    #expect(isBlocked)
    #expect(owner.cause == .deadline)
    #expect(threadTime() - before < .milliseconds(250))
  }

  @Test func `more than a peer may leave unread closes the connection`() throws {
    let (ours, peer) = SocketEnd.pair(room: 4096)
    let owner = LineOwner()
    owner.onLine = { [limits] connection, _ in
      connection.send([UInt8](repeating: 0, count: limits.outbound).span)
      connection.send([UInt8](repeating: 0, count: limits.outbound).span)
      #expect(owner.cause == nil, "nothing is told from inside send")
    }
    peer.write("go\n")
    try run(ours, owner)
    #expect(owner.cause == .peerNotReading)
  }

  @Test(arguments: [(63, .owner), (64, .messageTooLong), (1000, .messageTooLong)] as [Case])
  func `a message longer than the limit closes the connection`(
    length: Int, cause: BufferedConnection.Cause
  ) throws {
    let (ours, peer) = SocketEnd.pair()
    let owner = LineOwner()
    owner.onLine = { connection, _ in connection.close() }
    peer.write(String(repeating: "a", count: length))
    loop.schedule(after: .milliseconds(2)) { peer.write("\n") }
    try run(ours, owner)
    #expect(owner.cause == cause)
    #expect(owner.lines.count == (cause == .owner ? 1 : 0))
  }

  @Test func `a peer that is gone is told as such`() throws {
    let (ours, peer) = SocketEnd.pair(room: 4096)
    let owner = LineOwner()
    owner.onLine = { [limits] connection, _ in
      connection.send([UInt8](repeating: 0, count: limits.outbound).span)
      peer.close()
    }
    peer.write("go\n")
    try run(ours, owner)
    #expect(owner.cause == .peer)
  }

  @Test func `close drops what waits, and nothing is told after it but the end`() throws {
    let (ours, peer) = SocketEnd.pair()
    let owner = LineOwner()
    owner.onLine = { connection, _ in connection.close() }
    peer.write("one\ntwo\n")
    try run(ours, owner)
    #expect(owner.lines == ["one"])
    #expect(owner.cause == .owner)
  }

  @Test func `a deadline that was taken back ends nothing`() throws {
    let (ours, peer) = SocketEnd.pair()
    let owner = LineOwner()
    owner.onClose = { [loop] in loop.stop() }
    let connection = try BufferedConnection(
      ours.give(), on: loop, limits: limits, handlers: owner.handlers)
    connection.setDeadline(loop.now + .milliseconds(1))
    connection.setDeadline(nil)
    loop.schedule(after: .milliseconds(5)) { peer.endOutput() }
    try loop.run()
    #expect(owner.cause == .owner)
  }

  @Test(arguments: [
    // The second is later, and the timer of the first runs in between; it is earlier; it is the same.
    (first: 5, second: 40), (first: 60_000, second: 20), (first: 20, second: 20),
  ])
  func `of two deadlines the one set last counts`(first: Int, second: Int) throws {
    let (ours, peer) = SocketEnd.pair()
    defer { withExtendedLifetime(peer) {} }
    let owner = LineOwner()
    owner.onClose = { [loop] in loop.stop() }
    let connection = try BufferedConnection(
      ours.give(), on: loop, limits: limits, handlers: owner.handlers)
    let start = ContinuousClock.now
    connection.setDeadline(loop.now + .milliseconds(first))
    connection.setDeadline(loop.now + .milliseconds(second))
    try loop.run()
    #expect(owner.cause == .deadline)
    #expect(ContinuousClock.now - start >= .milliseconds(second))
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test func `who is held gets its second message after resume`() throws {
    let (ours, peer) = SocketEnd.pair()
    let owner = LineOwner()
    owner.onLine = { [loop] connection, line in
      guard line == "one" else { return }
      connection.hold()
      peer.write("two\n")
      loop.schedule(after: .milliseconds(300)) {
        #expect(owner.lines == ["one"])
        connection.resume()
        peer.endOutput()
      }
    }
    peer.write("one\n")
    let before = threadTime()
    try run(ours, owner)
    #expect(owner.lines == ["one", "two"])
    #expect(threadTime() - before < .milliseconds(200), "the loop sleeps while the second one waits")
  }

  @Test func `a closed connection holds nothing`() throws {
    let (ours, peer) = SocketEnd.pair()
    let owner = LineOwner()
    weak var connection: BufferedConnection?
    owner.onLine = { line, _ in connection = line }
    peer.write("one\n")
    peer.endOutput()
    try run(ours, owner)
    #expect(owner.lines == ["one"])
    #expect(connection == nil)
  }
}
