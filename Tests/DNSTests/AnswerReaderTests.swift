import MailTypes
import TestKit
import Testing

@testable import DNS

struct AnswerReaderTests {
  private func read(
    _ reply: ScriptedReply, _ name: String = "a.example", _ type: DNSRecordType = .a, aliases: Int = 0
  ) throws -> AnswerReading {
    let question = WireText.name(name) + WireText.number(type.rawValue) + [0, 1]
    let bytes = reply.wire(id: [1, 2], question: question)
    return AnswerReader.read(bytes.span, to: try Asker.question(name, type), aliases: aliases)
  }

  private static func host(_ name: String) throws -> DomainName { try #require(DomainName(name)) }

  // MARK: Records

  @Test func `records of each type are read in their order`() throws {
    let host = try Self.host("mx.example")
    let cases: [(DNSRecordType, [ReplyRecord.Payload], [DNSRecord])] = [
      (
        .a, [.address("127.0.0.2"), .address("127.0.0.10")],
        [.address(.v4(0x7F00_0002)), .address(.v4(0x7F00_000A))]
      ),
      (.aaaa, [.address("2001:db8::1")], [.address(.v6(0x2001_0DB8 << 96 | 1))]),
      (
        .mx, [.exchanger("MX.Example", preference: 513), .exchanger("", preference: 0)],
        [.exchanger(host, preference: 513), .exchanger(.root, preference: 0)]
      ),
      (.ns, [.nameServer("mx.example")], [.host(host)]),
      (.ptr, [.pointer("mx.example"), .pointer("a_b.c d")], [.host(host), .host(try Self.host("a_b.c d"))]),
      (
        .txt, [.text(["one ", "", "two"]), .raw(type: 16, [0]), .raw(type: 16, [])],
        [.text(Array("one two".utf8)), .text([]), .text([])]
      ),
    ]
    for (type, payloads, records) in cases {
      let reply = ScriptedReply(payloads.map { ReplyRecord("A.example", $0) })
      #expect(try read(reply, "a.EXAMPLE", type) == .answer(.records(records), lifetime: 300), "\(type)")
    }
  }

  @Test func `an answer holds as long as the least of its records`() throws {
    let reply = ScriptedReply([
      ReplyRecord("a.example", .address("127.0.0.2"), lifetime: 300),
      ReplyRecord("a.example", .address("127.0.0.3"), lifetime: 60),
      ReplyRecord("other.example", .address("127.0.0.4"), lifetime: 1),
    ])
    #expect(
      try read(reply)
        == .answer(.records([.address(.v4(0x7F00_0002)), .address(.v4(0x7F00_0003))]), lifetime: 60))
    let negative = ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"), lifetime: 1 << 31)])
    #expect(try read(negative) == .answer(.records([.address(.v4(0x7F00_0002))]), lifetime: 0), "RFC 2181, 8")
  }

  @Test func `what others have is none of ours`() throws {
    let reply = ScriptedReply([
      ReplyRecord("b.example", .address("127.0.0.2")), ReplyRecord("example", .address("127.0.0.2")),
      ReplyRecord("a.example", .text(["127.0.0.2"])),
    ])
    #expect(try read(reply) == .answer(.noRecords, lifetime: 0))
  }

  @Test(
    arguments: [
      (DNSRecordType.a, [127, 0, 0]), (.a, [127, 0, 0, 2, 0]), (.aaaa, [127, 0, 0, 2]), (.mx, []),
      (.mx, [0, 1]),
      (.mx, [0, 1, 5, 97]), (.mx, [0, 1, 1, 97, 0, 0]), (.ns, []), (.ptr, [0, 0]), (.txt, [3, 97, 97]),
      // A pointer to itself.
      (.ns, [0xC0, 48]),
    ] as [(DNSRecordType, [UInt8])])
  func `data of another shape make an answer unusable`(type: DNSRecordType, data: [UInt8]) throws {
    let reply = ScriptedReply([ReplyRecord("a.example", .raw(type: type.rawValue, data))])
    #expect(try read(reply, "a.example", type) == .answer(.failed(.unusable), lifetime: 0))
  }

  @Test func `a name that can't be written is left out, and missed when it is the only one`() throws {
    let odd = ReplyRecord.Payload.raw(type: 15, [0, 1] + [3] + Array("a.b".utf8) + [0])
    let fine = ReplyRecord("a.example", .exchanger("mx.example", preference: 1))
    let answer = DNSAnswer.records([.exchanger(try Self.host("mx.example"), preference: 1)])
    #expect(
      try read(ScriptedReply([ReplyRecord("a.example", odd), fine]), "a.example", .mx)
        == .answer(answer, lifetime: 300))
    #expect(
      try read(ScriptedReply([ReplyRecord("a.example", odd)]), "a.example", .mx)
        == .answer(.failed(.unusable), lifetime: 0))
  }

  @Test func `more records than anybody needs are no answer`() throws {
    func reply(_ count: Int) -> ScriptedReply {
      ScriptedReply((0..<count).map { ReplyRecord("a.example", .address("10.0.\($0 / 256).\($0 % 256)")) })
    }
    guard case .answer(.records(let found), 300) = try read(reply(AnswerReader.mostRecords)) else {
      Issue.record("the most are too many")
      return
    }
    #expect(found.count == AnswerReader.mostRecords)
    #expect(try read(reply(AnswerReader.mostRecords + 1)) == .answer(.failed(.unusable), lifetime: 0))
    #expect(try read(reply(2600)) == .answer(.failed(.unusable), lifetime: 0))
  }

  @Test func `a long text is cut`() throws {
    let strings = Array(repeating: String(repeating: "x", count: 250), count: 100)
    let reply = ScriptedReply([ReplyRecord("a.example", .text(strings))])
    guard case .answer(.records(let found), _) = try read(reply, "a.example", .txt),
      case .text(let text) = found.first
    else {
      Issue.record("no text")
      return
    }
    #expect(text.count == AnswerReader.longestText)
  }

  // MARK: Aliases

  @Test func `aliases are followed, in whatever order they come`() throws {
    let chain = [
      ReplyRecord("a.example", .alias("b.example"), lifetime: 200),
      ReplyRecord("b.example", .alias("c.example"), lifetime: 100),
      ReplyRecord("c.example", .address("127.0.0.2"), lifetime: 300),
    ]
    let expected = AnswerReading.answer(.records([.address(.v4(0x7F00_0002))]), lifetime: 100)
    #expect(try read(ScriptedReply(chain)) == expected)
    #expect(try read(ScriptedReply(chain.reversed())) == expected)
    #expect(try read(ScriptedReply(chain), aliases: 8) == expected)
    #expect(try read(ScriptedReply(chain), aliases: 9) == .answer(.failed(.aliases), lifetime: 0))
  }

  @Test func `an alias without its records is asked for`() throws {
    let chain = ScriptedReply([ReplyRecord("a.example", .alias("b.other"), lifetime: 100)])
    #expect(try read(chain) == .alias(try Self.host("b.other"), lifetime: 100, aliases: 1))
    #expect(try read(chain, aliases: 4) == .alias(try Self.host("b.other"), lifetime: 100, aliases: 5))
  }

  @Test func `an alias to nothing is a no`() throws {
    let alias = ReplyRecord("a.example", .alias("b.other"), lifetime: 100)
    let soa = ReplyRecord("other", .authority(minimum: 50))
    #expect(
      try read(ScriptedReply([alias], authorities: [soa])) == .answer(.noRecords, lifetime: 50))
    #expect(try read(ScriptedReply([alias], authorities: [soa], code: 3)) == .answer(.noName, lifetime: 50))
    let elsewhere = ReplyRecord("example", .authority(minimum: 50))
    #expect(
      try read(ScriptedReply([alias], authorities: [elsewhere]))
        == .alias(try Self.host("b.other"), lifetime: 100, aliases: 1), "that zone says nothing about b.other"
    )
  }

  @Test func `a circle of aliases ends`() throws {
    let circle = ScriptedReply([
      ReplyRecord("a.example", .alias("b.example")), ReplyRecord("b.example", .alias("a.example")),
    ])
    #expect(try read(circle) == .answer(.failed(.aliases), lifetime: 0))
    let itself = ScriptedReply([ReplyRecord("a.example", .alias("a.example"))])
    #expect(try read(itself) == .answer(.failed(.aliases), lifetime: 0))
  }

  // MARK: No

  @Test(
    arguments: [
      ("a.example", UInt32(300), UInt32(60), UInt32(60)), ("example", 30, 60, 30), ("", 300, 60, 60),
      ("xample", 300, 60, 0), ("b.example", 300, 60, 0), ("x.a.example", 300, 60, 0),
      ("example", 300, 1 << 31, 0),
    ])
  func `a no holds as its zone says (RFC 2308)`(
    zone: String, lifetime: UInt32, minimum: UInt32, holds: UInt32
  ) throws {
    let soa = ReplyRecord(zone, .authority(minimum: minimum), lifetime: lifetime)
    #expect(try read(ScriptedReply(authorities: [soa])) == .answer(.noRecords, lifetime: holds))
    #expect(try read(ScriptedReply(authorities: [soa], code: 3)) == .answer(.noName, lifetime: holds))
  }

  @Test func `a SOA record of another shape makes an answer unusable`() throws {
    for data in [[], [0], [0, 0], [0, 0] + Array(repeating: 0, count: 19), Array(repeating: 0, count: 23)]
      as [[UInt8]]
    {
      let soa = ReplyRecord("example", .raw(type: 6, data))
      #expect(try read(ScriptedReply(authorities: [soa])) == .answer(.failed(.unusable), lifetime: 0))
    }
  }

  // MARK: What is no reply to the question

  @Test(arguments: [
    (UInt8(1), DNSFailure.refused), (2, .serverFailure), (4, .refused), (5, .refused), (15, .refused),
  ])
  func `codes tell why there is no answer`(code: UInt8, failure: DNSFailure) throws {
    let reply = ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"))], code: code)
    #expect(try read(reply) == .answer(.failed(failure), lifetime: 0))
  }

  @Test func `another question's answer, a question, and what is cut short are unusable`() throws {
    let question = WireText.name("a.example") + [0, 1, 0, 1]
    let reply = ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"))])
    let good = reply.wire(id: [1, 2], question: question)
    let asked = try Asker.question("a.example")
    #expect(
      AnswerReader.read(good.span, to: asked)
        == .answer(.records([.address(.v4(0x7F00_0002))]), lifetime: 300))
    func damaged(_ change: (inout [UInt8]) -> Void) -> [UInt8] {
      var bytes = good
      change(&bytes)
      return bytes
    }
    let bad: [(String, [UInt8])] = [
      ("no bytes", []), ("half a header", Array(good.prefix(6))), ("half a record", good.dropLast()),
      ("a byte more", good + [0]), ("a question", damaged { $0[2] &= 0x7F }),
      ("another operation", damaged { $0[2] |= 0x28 }), ("truncated", damaged { $0[2] |= 2 }),
      ("no question", damaged { $0[5] = 0 }), ("two questions", damaged { $0[5] = 2 }),
      ("more records than there are", damaged { $0[7] = 200 }), ("another name", damaged { $0[13] = 98 }),
      ("another type", damaged { $0[24] = 16 }), ("another class", damaged { $0[26] = 3 }),
    ]
    for (what, bytes) in bad {
      #expect(AnswerReader.read(bytes.span, to: asked) == .answer(.failed(.unusable), lifetime: 0), "\(what)")
    }
  }
}
