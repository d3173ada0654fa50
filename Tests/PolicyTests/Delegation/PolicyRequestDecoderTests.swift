import Testing

@testable import Policy

struct PolicyRequestDecoderTests {
  /// What becomes of bytes: the requests in them, and how it ends.
  struct Outcome: Equatable {
    var requests: [PolicyRequest] = []
    var fault: PolicyRequestDecoder.Fault?
    var left = 0
  }

  static let first = RequestText.frame(RequestText.usual())
  static let second = RequestText.frame([("recipient", "v@x=y"), ("request", "smtpd_access_policy")])
  static let head = Array("request=smtpd_access_policy\n".utf8)

  static let cases: [(name: String, bytes: [UInt8], frames: [[UInt8]], fault: PolicyRequestDecoder.Fault?)] =
    [
      ("nothing", [], [], nil),
      ("one request", first, [first], nil),
      ("two in one read", first + second, [first, second], nil),
      ("one and a half", first + second.dropLast(3), [first], nil),
      ("without the empty line", Array(first.dropLast()), [], nil),
      (
        "CR before each LF", Array("request=smtpd_access_policy\r\nsender=a\r\n\r\n".utf8),
        [Array("request=smtpd_access_policy\r\nsender=a\r\n\r\n".utf8)], nil
      ),
      ("garbage between", head + Array("garbage\n=x\n\n".utf8), [head + Array("garbage\n=x\n\n".utf8)], nil),
      ("a NUL in a value", head + Array("sender=a\0b\n\n".utf8), [head + Array("sender=a\0b\n\n".utf8)], nil),
      ("no request attribute", Array("sender=a\n\n".utf8), [], .unknownRequest([])),
      ("only an empty line", [0x0A], [], .unknownRequest([])),
      (
        "another request", Array("request=junk_policy\n\n".utf8), [],
        .unknownRequest(Array("junk_policy".utf8))
      ),
      (
        "a long other request", Array("request=".utf8) + long(300) + [0x0A, 0x0A], [],
        .unknownRequest(long(100))
      ),
      ("as long as may be", whole(PolicyRequestDecoder.longest), [whole(PolicyRequestDecoder.longest)], nil),
      ("a byte longer", whole(PolicyRequestDecoder.longest + 1), [], .tooLong),
      ("no end in sight", long(PolicyRequestDecoder.longest), [], .tooLong),
      ("one short of it", long(PolicyRequestDecoder.longest - 1), [], nil),
    ]

  private static func long(_ count: Int) -> [UInt8] { Array(repeating: UInt8(ascii: "x"), count: count) }

  /// A request of `count` bytes.
  private static func whole(_ count: Int) -> [UInt8] {
    head + Array("sender=".utf8) + long(count - head.count - 9) + [0x0A, 0x0A]
  }

  @Test(arguments: cases.indices, [Int.max, 4096, 1])
  func `bytes are the same requests however they come`(index: Int, piece: Int) throws {
    let entry = Self.cases[index]
    let outcome = Self.feed(entry.bytes, by: piece)
    #expect(outcome.requests.map(\.frame) == entry.frames, "\(entry.name)")
    #expect(outcome.fault == entry.fault, "\(entry.name)")
    if entry.fault == nil {
      #expect(outcome.left == entry.bytes.count - entry.frames.map(\.count).reduce(0, +), "\(entry.name)")
    }
  }

  @Test func `a request is whole at its last byte and at none before`() throws {
    var decoder = PolicyRequestDecoder()
    for count in 0..<Self.first.count {
      let reading = decoder.read(Array(Self.first.prefix(count)).span)
      #expect(reading == .incomplete)
    }
    let reading = decoder.read((Self.first + Self.second).span)
    #expect(reading == .whole(try RequestText.request(Self.first), length: Self.first.count))
  }

  /// Gives the decoder `bytes` as a connection does, `piece` more at a time.
  private static func feed(_ bytes: [UInt8], by piece: Int) -> Outcome {
    var decoder = PolicyRequestDecoder()
    var outcome = Outcome()
    var waiting: [UInt8] = []
    var offset = 0
    while offset < bytes.count {
      let end = offset + min(piece, bytes.count - offset)
      waiting += bytes[offset..<end]
      offset = end
      loop: while true {
        switch decoder.read(waiting.span) {
        case .whole(let request, let length):
          outcome.requests.append(request)
          waiting.removeFirst(length)
        case .incomplete: break loop
        case .malformed(let fault):
          outcome.fault = fault
          return outcome
        }
      }
    }
    outcome.left = waiting.count
    return outcome
  }
}
