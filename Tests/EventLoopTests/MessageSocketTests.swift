import Glibc
import SystemCalls
import Testing

@testable import EventLoop

@Suite(.timeLimit(.minutes(10))) struct MessageSocketTests {
  private let loop: EventLoop

  init() throws {
    loop = try EventLoop()
  }

  private struct Heard: Equatable {
    var messages: [[UInt8]] = []
    var descriptors = 0
    var ending: MessageSocket.Ending?
  }

  /// What one end hears of what the other says, until there is no more.
  private func heard(_ talk: (MessageSocket) throws -> Void) throws -> Heard {
    let (ours, other) = SocketEnd.pair(SOCK_SEQPACKET)
    let listener = MessageSocket(ours.give(), longest: 4)
    var heard = Heard()
    try listener.listen(on: loop) { message, passed in
      heard.messages.append(message.indices.map { message[$0] })
      if passed != nil { heard.descriptors += 1 }
    } ended: { [loop] ending in
      heard.ending = ending
      loop.stop()
    }
    try talk(MessageSocket(other.give(), longest: 4))
    try loop.run()
    return heard
  }

  @Test func `messages keep their bounds, and a descriptor comes with its own`() throws {
    let heard = try heard { talker in
      try talker.send([1, 2, 3, 4])
      try talker.send([5], passing: 2)
      try talker.send([6])
      talker.close()
    }
    #expect(heard == Heard(messages: [[1, 2, 3, 4], [5], [6]], descriptors: 1, ending: .closed))
  }

  @Test func `a message that is too long ends the conversation, whatever follows`() throws {
    let heard = try heard { talker in
      try talker.send([1])
      try talker.send([1, 2, 3, 4, 5])
      try talker.send([2])
    }
    #expect(heard == Heard(messages: [[1]], ending: .oversized))
  }

  @Test func `an end that is dropped is an end`() throws {
    #expect(try heard { _ in } == Heard(ending: .closed))
  }

  @Test func `a full socket is said to be so, a closed one too`() throws {
    let (ours, other) = SocketEnd.pair(SOCK_SEQPACKET)
    let talker = MessageSocket(ours.give(), longest: 4)
    #expect(throws: SystemError("sendmsg", code: EAGAIN)) { while true { try talker.send([1]) } }
    let reader = MessageSocket(other.give(), longest: 4)
    reader.close()
    #expect(throws: SystemError("sendmsg", code: EPIPE)) { try talker.send([1]) }
    withExtendedLifetime(reader) {}
  }
}
