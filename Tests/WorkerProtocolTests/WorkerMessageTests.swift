import Credentials
import Testing

@testable import WorkerProtocol

@Suite struct WorkerMessageTests {
  static let messages: [WorkerMessage] =
    [.hello]
    + [true, false].flatMap { leaving in
      ([.accepted] + Refusal.allCases.map(AuthVerdict.refused) + Outage.allCases.map(AuthVerdict.unavailable))
        .map { .verdict(.init(id: 0x0102_0304_0506_0708, verdict: $0, leaving: leaving)) }
    }

  @Test(arguments: messages) func `A message is read as it was written`(message: WorkerMessage) throws {
    let bytes = message.encoded
    #expect(bytes.count <= WorkerMessage.longest)
    #expect(try WorkerMessage(bytes.span) == message)
  }

  @Test func `No two kinds share a byte`() {
    #expect(Set(FrameHeader.Kind.allCases.map(\.rawValue)).count == FrameHeader.Kind.allCases.count)
  }

  @Test func `No single changed byte turns a message into accepted, but the kind's own`() {
    for message in Self.messages {
      for index in message.encoded.indices.dropFirst() {
        for value in UInt8.min...UInt8.max {
          var bytes = message.encoded
          bytes[index] = value
          let read = try? WorkerMessage(bytes.span)
          guard case .verdict(let verdict)? = read, verdict.verdict == .accepted else { continue }
          guard case .verdict(let original) = message else {
            Issue.record("\(message) became accepted")
            continue
          }
          #expect(original.verdict == .accepted)
        }
      }
    }
  }

  @Test(arguments: [
    ([], FrameError.short),
    ([UInt8](repeating: 0, count: 14), .unknownKind(0)),
    (Array(WorkerMessage.hello.encoded.dropLast()), .short),
    (WorkerMessage.hello.encoded + [0], .wrongLength),
    ([0x48, 9] + WorkerMessage.hello.encoded.dropFirst(2), .otherVersion(9)),
    (FrameHeader(kind: .check, payload: 0, request: 1).encoded, .wrongDirection),
    (FrameHeader(kind: .accepted, payload: 0, request: 1).encoded, .malformedPayload),
    (FrameHeader(kind: .accepted, payload: 1, request: 1).encoded + [1], .malformedPayload),
    (FrameHeader(kind: .refused, payload: 1, request: 1).encoded + [0xE1], .malformedPayload),
    (FrameHeader(kind: .refused, payload: 2, request: 1).encoded + [0xE1, 0], .malformedPayload),
    (FrameHeader(kind: .hello, payload: 0, request: 7).encoded, .malformedPayload),
  ])
  func `What isn't exactly a message is an error`(bytes: [UInt8], error: FrameError) {
    #expect(throws: error) { try WorkerMessage(bytes.span) }
  }
}
