import EventLoop
import MailTypes
import TestKit
import Testing

@testable import DNS

@Suite(.timeLimit(.minutes(10))) struct NetworkResolverTests {
  private let loop: EventLoop
  private let server = NameServer()

  init() throws { loop = try EventLoop() }

  private func resolver(
    _ servers: [NameServer], zones: [DomainName: [ServerAddress]] = [:],
    timeout: Duration = .seconds(5),
    attempts: Int = 2
  ) throws -> NetworkResolver {
    let addresses = try servers.map { try #require(ServerAddress($0.endpoint)) }
    return try NetworkResolver(
      ResolverSettings(servers: addresses, zones: zones, timeout: timeout, attempts: attempts), loop: loop)
  }

  private func asker(_ resolver: NetworkResolver) -> Asker { Asker(resolver, on: loop) }

  private static func records(_ addresses: String...) -> DNSAnswer {
    .records(addresses.compactMap { IPAddress($0).map { .address($0) } })
  }

  @Test func `it is a resolver`() throws {
    var servers: [NameServer] = []
    try ResolverContract { answers, loop in
      let server = NameServer(answering: answers)
      servers.append(server)
      let address = try #require(ServerAddress(server.endpoint))
      return try NetworkResolver(
        ResolverSettings(servers: [address], timeout: .seconds(1), attempts: 1), loop: loop)
    }.verify()
  }

  // MARK: What is asked how often

  @Test func `what holds is not asked for again, and what nobody knows is`() throws {
    server.answer("a.example", .a, ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"))]))
    server.answer("no.example", .a, .noName(zone: "example"))
    server.answer("unsaid.example", .a, ScriptedReply(code: 3))
    server.answer("broken.example", .a, .serverFailure)
    let resolver = try resolver([server])
    let asked = DNSQuestion(try #require(DomainName("a.example")), .a)
    #expect(resolver.recall(asked) == nil, "nobody is asked by it")
    for _ in 0..<3 {
      #expect(try asker(resolver).ask("a.example") == Self.records("127.0.0.2"))
      #expect(try asker(resolver).ask("no.example") == .noName)
      #expect(try asker(resolver).ask("unsaid.example") == .noName)
      #expect(try asker(resolver).ask("broken.example") == .failed(.serverFailure))
    }
    #expect(resolver.recall(asked) == Self.records("127.0.0.2"))
    #expect(server.asked("a.example", .a) == 1)
    #expect(server.asked("no.example", .a) == 1)
    #expect(server.asked("unsaid.example", .a) == 3, "without a SOA record a no holds for no time")
    #expect(server.asked("broken.example", .a) == 3)
    #expect(resolver.statistics.hits == 5)
    #expect(resolver.cached == 2)
  }

  @Test func `what is known is answered at once`() throws {
    server.answer("a.example", .a, ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"))]))
    let resolver = try resolver([server])
    _ = try asker(resolver).ask("a.example")
    var answer: DNSAnswer?
    resolver.resolve(try Asker.question("a.example")) { answer = $0 }
    #expect(answer == Self.records("127.0.0.2"))
  }

  @Test func `a question in flight is asked once, whoever asks`() throws {
    server.answer(
      "a.example", .a,
      ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"), lifetime: 0)], delay: .milliseconds(50)))
    let resolver = try resolver([server])
    let question = try Asker.question("a.example")
    _ = try asker(resolver).ask(Array(repeating: question, count: 20))
    #expect(server.asked == 1)
    #expect(resolver.asking == 0)
    _ = try asker(resolver).ask([question])
    #expect(server.asked == 2, "it held for no time")
  }

  @Test func `questions are asked side by side`() throws {
    server.answerOthers(ScriptedReply(code: 3, delay: .milliseconds(500)))
    let start = ContinuousClock.now
    _ = try asker(resolver([server], timeout: .seconds(5))).ask(
      (0..<30).map { try Asker.question("n\($0).example") })
    #expect(ContinuousClock.now - start < .seconds(5), "one after the other they would take 15 s")
  }

  @Test func `there is a bound to what is in flight`() throws {
    server.answerOthers(.silence)
    let resolver = try resolver([server], timeout: .milliseconds(300), attempts: 1)
    let answers = try asker(resolver).ask(
      (0..<(NetworkResolver.mostInFlight + 10)).map { try Asker.question("n\($0).example") })
    #expect(answers.count { $0 == .failed(.unreachable) } == 10)
    #expect(answers.count { $0 == .failed(.timeout) } == NetworkResolver.mostInFlight)
    #expect(resolver.asking == 0)
  }

  /// A socket holds some 270 datagrams: sent all at once, most of these would be lost, each attempt anew.
  @Test func `no question of a burst is lost`() throws {
    server.answerOthers(.noName(zone: ""))
    let answers = try asker(resolver([server])).ask(
      (0..<3000).map { try Asker.question("n\($0).example") })
    #expect(answers.count { $0 == .noName } == 3000)
  }

  @Test func `those who wait for a silent server hold nobody up for long`() throws {
    server.answerOthers(.silence)
    server.answer("a.example", .a, ScriptedReply(code: 3))
    let resolver = try resolver([server], timeout: .seconds(20))
    for number in 0..<1000 { resolver.resolve(try Asker.question("n\(number).example")) { _ in } }
    let start = ContinuousClock.now
    #expect(try asker(resolver).ask("a.example") == .noName)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  // MARK: Whom

  @Test func `a zone is asked of its own servers, the longest name first`() throws {
    let (list, part) = (NameServer(), NameServer())
    for server in [server, list, part] { server.answerOthers(.noName(zone: "")) }
    let resolver = try resolver(
      [server],
      zones: [
        try #require(DomainName("rbl.example")): [try #require(ServerAddress(list.endpoint))],
        try #require(DomainName("part.rbl.example")): [try #require(ServerAddress(part.endpoint))],
        try #require(DomainName("empty.example")): [],
      ])
    let names = ["a.RBL.example", "rbl.example", "arbl.example", "a.part.rbl.example", "a.empty.example"]
    for name in names { _ = try asker(resolver).ask(name) }
    #expect([server.asked, list.asked, part.asked] == [2, 2, 1])
  }

  @Test func `an alias is followed to another zone's servers`() throws {
    let list = NameServer()
    server.answer("a.example", .a, ScriptedReply([ReplyRecord("a.example", .alias("a.rbl.example"))]))
    list.answer("a.rbl.example", .a, ScriptedReply([ReplyRecord("a.rbl.example", .address("127.0.0.2"))]))
    let resolver = try resolver(
      [server],
      zones: [try #require(DomainName("rbl.example")): [try #require(ServerAddress(list.endpoint))]])
    #expect(try asker(resolver).ask("a.example") == Self.records("127.0.0.2"))
    #expect(try asker(resolver).ask("a.example") == Self.records("127.0.0.2"))
    #expect([server.asked, list.asked] == [1, 1])
  }

  @Test func `an alias shortens how long the answer holds`() throws {
    server.answer(
      "a.example", .a, ScriptedReply([ReplyRecord("a.example", .alias("b.example"), lifetime: 0)]))
    server.answer("b.example", .a, ScriptedReply([ReplyRecord("b.example", .address("127.0.0.2"))]))
    let resolver = try resolver([server])
    for _ in 0..<2 { #expect(try asker(resolver).ask("a.example") == Self.records("127.0.0.2")) }
    #expect(server.asked("a.example", .a) == 2)
  }

  @Test func `another server is asked when the first can't say, each once`() throws {
    let other = NameServer()
    other.answerOthers(ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"))]))
    for reply in [ScriptedReply.serverFailure, .refused, .silence] {
      server.answerOthers(reply)
      let resolver = try resolver([server, other], timeout: .seconds(1))
      #expect(try asker(resolver).ask("a.example") == Self.records("127.0.0.2"))
    }
    #expect([server.asked, other.asked] == [3, 3])
    other.answerOthers(.refused)
    server.answerOthers(.serverFailure)
    #expect(try asker(resolver([server, other])).ask("a.example") == .failed(.refused))
    #expect([server.asked, other.asked] == [4, 4])
  }

  @Test func `a server that has been silent for long is asked last`() throws {
    let other = NameServer()
    server.answerOthers(.silence)
    other.answerOthers(ScriptedReply(code: 3))
    let resolver = try resolver([server, other], timeout: .milliseconds(300))
    for number in 0..<(ServerGroup.mostSilences + 20) {
      #expect(try asker(resolver).ask("n\(number).example") == .noName)
      // Nobody is asked for it (RFC 7686), so it's no sign of life.
      #expect(try asker(resolver).ask("n\(number).onion") == .noName)
    }
    #expect(server.asked == ServerGroup.mostSilences)
  }

  @Test func `a server that is silent about a domain and answers others is still asked first`() throws {
    let other = NameServer()
    server.answerOthers(.silence)
    for number in 0..<3 { server.answer("alive\(number).example", .a, ScriptedReply(code: 3)) }
    other.answerOthers(ScriptedReply(code: 3))
    let resolver = try resolver([server, other], timeout: .seconds(1))
    for number in 0..<2 {
      let names = (0..<ServerGroup.mostSilences * 2).map { "n\($0).dead\(number).example" }
      let answers = try asker(resolver).ask(
        (names + ["alive\(number).example"]).map { try Asker.question($0) })
      #expect(answers.allSatisfy { $0 == .noName })
    }
    #expect(try asker(resolver).ask("alive2.example") == .noName)
    for number in 0..<3 { #expect(other.asked("alive\(number).example", .a) == 0) }
  }

  /// Silences that any reply has come between add up to nothing.
  @Test func `a server that is silent now and then is still asked first`() throws {
    let other = NameServer()
    server.answerOthers(.silence)
    server.answer("alive.example", .a, ScriptedReply(code: 3))
    other.answerOthers(ScriptedReply(code: 3))
    let resolver = try resolver([server, other], timeout: .milliseconds(300))
    for number in 0..<ServerGroup.mostSilences * 2 {
      #expect(try asker(resolver).ask("n\(number).example") == .noName)
      if number % 2 == 1 { #expect(try asker(resolver).ask("alive.example") == .noName) }
    }
    #expect(server.asked("n\(ServerGroup.mostSilences * 2 - 1).example", .a) == 1)
  }

  @Test func `no server at all is found out at once`() throws {
    let resolver = try NetworkResolver(
      ResolverSettings(servers: [try #require(ServerAddress("127.0.0.1:1"))], timeout: .seconds(20)),
      loop: loop)
    let start = ContinuousClock.now
    #expect(try asker(resolver).ask("a.example") == .failed(.unreachable))
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func `a question that was lost is sent again`() throws {
    server.answer(
      "a.example", .a,
      ScriptedReply([ReplyRecord("a.example", .address("127.0.0.2"))], fault: .silence, faultsUntil: 1))
    let resolver = try resolver([server], timeout: .seconds(1))
    #expect(try asker(resolver).ask("a.example") == Self.records("127.0.0.2"))
    #expect(server.asked == 2)
  }

  @Test func `names reach the server as they are`() throws {
    let resolver = try resolver([server])
    for name in [#"a\b.example"#, "_dmarc.example", "a b.example", #"\.example"#] {
      let known = ScriptedReply([ReplyRecord(name, .address("127.0.0.2"))])
      server.answer(name, .a, known)
      #expect(try asker(resolver).ask(name) == Self.records("127.0.0.2"), "\(name)")
    }
    let longest =
      Array(repeating: String(repeating: "x", count: 49), count: 5).joined(separator: ".") + ".abc"
    server.answer(longest, .a, ScriptedReply([ReplyRecord(longest, .address("127.0.0.2"))]))
    #expect(try asker(resolver).ask(longest) == Self.records("127.0.0.2"))
  }

  @Test func `this host's resolver is asked when no server is named`() throws {
    let resolver = try NetworkResolver(ResolverSettings(timeout: .milliseconds(50), attempts: 1), loop: loop)
    #expect(try Ares.configuredServers().isEmpty == false)
    // Whether or not there is one, the name that none may know is not found (RFC 7686), and nobody is asked.
    #expect(try asker(resolver).ask("a.onion") == .noName)
  }
}
