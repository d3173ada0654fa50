import EventLoop
import MailTypes
import SystemCalls
import TestKit
import Testing

@testable import DNS

/// Servers that lie, stammer or are silent: nobody waits long for them, and what they said isn't remembered.
@Suite(.timeLimit(.minutes(10))) struct NameServerFaultTests {
  private let loop: EventLoop
  private let server = NameServer()
  private let resolver: NetworkResolver

  init() throws {
    loop = try EventLoop()
    resolver = try NetworkResolver(
      ResolverSettings(
        servers: [try #require(ServerAddress(server.endpoint))], timeout: .seconds(1), attempts: 2),
      loop: loop)
  }

  private func ask(_ name: String = "a.example") throws -> DNSAnswer {
    try Asker(resolver, on: loop).ask(name)
  }

  private static let listed = ReplyRecord("a.example", .address("127.0.0.2"))
  private static let answer = DNSAnswer.records([.address(.v4(0x7F00_0002))])

  @Test(
    arguments: [
      (ScriptedReply.serverFailure, DNSFailure.serverFailure), (.refused, .refused), (.silence, .timeout),
      (ScriptedReply(code: 9), .refused),
      (ScriptedReply([listed], fault: .wrongID), .timeout),
      (ScriptedReply([listed], fault: .wrongQuestion), .timeout),
      (ScriptedReply([listed], fault: .wrongSource), .timeout), (ScriptedReply(fault: .bytes([])), .timeout),
      (ScriptedReply([ReplyRecord("a.example", .raw(type: 1, [1]))]), .unusable),
      (ScriptedReply([ReplyRecord("a.example", .alias("a.example"))]), .aliases),
      (ScriptedReply([listed], delay: .seconds(5)), .timeout),
    ])
  func `a fault is a failure in time, and nothing that is remembered`(
    reply: ScriptedReply, failure: DNSFailure
  ) throws {
    server.answer("a.example", .a, reply)
    let start = ContinuousClock.now
    #expect(try ask() == .failed(failure))
    #expect(ContinuousClock.now - start < .seconds(4), "two attempts of a second")
    server.answer("a.example", .a, ScriptedReply([Self.listed]))
    #expect(try ask() == Self.answer)
  }

  @Test(arguments: [ScriptedReply.Fault.wrongID, .wrongQuestion, .wrongSource])
  func `the right answer counts after a wrong one`(fault: ScriptedReply.Fault) throws {
    server.answer("a.example", .a, ScriptedReply([Self.listed], fault: fault, faultsUntil: 1))
    #expect(try ask() == Self.answer)
    #expect(server.asked == 2)
  }

  @Test func `what doesn't fit into a datagram comes over TCP`() throws {
    server.answer("a.example", .a, ScriptedReply([Self.listed], fault: .truncated))
    #expect(try ask() == Self.answer)
    #expect(server.connections == 1)
    let many = (0..<AnswerReader.mostRecords).map { ReplyRecord("many.example", .address("10.0.0.\($0)")) }
    server.answer("many.example", .a, ScriptedReply(many, fault: .truncated))
    #expect(try ask("many.example").found.count == AnswerReader.mostRecords)
  }

  /// A message holds no more than some 4,000: whoever counts further lies.
  @Test func `ten thousand records are no answer`() throws {
    let most = (0..<2400).map { ReplyRecord("a.example", .address("10.0.\($0 / 256).\($0 % 256)")) }
    server.answer("a.example", .a, ScriptedReply(most, fault: .truncated))
    #expect(try ask() == .failed(.unusable))
    let question = WireText.name("a.example") + [0, 1, 0, 1]
    let boast = [0x81, 0x80, 0, 1, 0x27, 0x10, 0, 0, 0, 0] + question + Self.listed.wire
    server.answer("a.example", .a, ScriptedReply(fault: .bytes(boast)))
    #expect(try ask() == .failed(.unusable))
    #expect(resolver.cached == 0)
  }

  @Test func `aliases are followed from reply to reply, ten at most`() throws {
    for number in 0..<20 {
      server.answer(
        "n\(number).example", .a,
        ScriptedReply([ReplyRecord("n\(number).example", .alias("n\(number + 1).example"))]))
    }
    server.answer("n20.example", .a, ScriptedReply([ReplyRecord("n20.example", .address("127.0.0.2"))]))
    #expect(try ask("n10.example") == Self.answer)
    #expect(try ask("n9.example") == .failed(.aliases))
    #expect(try ask("n0.example") == .failed(.aliases))
    #expect(server.asked("n11.example", .a) == 2, "10 aliases of n0 end before n11")
  }

  @Test func `a circle of aliases from reply to reply ends`() throws {
    server.answer("a.example", .a, ScriptedReply([ReplyRecord("a.example", .alias("b.example"))]))
    server.answer("b.example", .a, ScriptedReply([ReplyRecord("b.example", .alias("a.example"))]))
    #expect(try ask() == .failed(.aliases))
    #expect(server.asked == AnswerReader.mostAliases + 1)
  }

  @Test func `a list of codes that mean trouble is handed on as it is`() throws {
    server.answer("a.example", .a, ScriptedReply([ReplyRecord("a.example", .address("127.255.255.254"))]))
    server.answer("b.example", .a, ScriptedReply([ReplyRecord("b.example", .address("192.0.2.1"))]))
    #expect(try ask() == .records([.address(.v4(0x7FFF_FFFE))]))
    #expect(try ask("b.example") == .records([.address(.v4(0xC000_0201))]))
  }

  /// In a process of its own, where no other test takes memory.
  @Test func `a flood of wrong answers fills no memory`() async {
    await #expect(processExitsWith: .success) {
      let (loop, server) = (try EventLoop(), NameServer())
      server.answerOthers(ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"))], fault: .wrongID))
      let resolver = try NetworkResolver(
        ResolverSettings(
          servers: [try #require(ServerAddress(server.endpoint))], timeout: .milliseconds(50), attempts: 2),
        loop: loop)
      func flood(_ round: Int) throws {
        let names = try (0..<500).map { try Asker.question("n\(round).\($0).example") }
        let answers = try Asker(resolver, on: loop).ask(names)
        precondition(answers.allSatisfy { $0 == .failed(.timeout) })
        server.forgetQuestions()
      }
      for round in 0..<5 { try flood(round) }
      let before = try Footprint.now().memory
      for round in 5..<25 { try flood(round) }
      // Ten thousand questions: a hundred bytes for each would be a mebibyte.
      let after = try Footprint.now().memory
      precondition(after - before < 1 << 20, "\(after - before) bytes more")
      precondition(resolver.cached == 0 && resolver.asking == 0)
    }
  }
}
