package import DNS
package import EventLoop
package import MailTypes
import Testing

/// What holds for every resolver, whoever knows its answers.
///
/// `make` gets answers and gives a resolver that gives them, and for whose other names there is nothing.
package struct ResolverContract {
  private let make: ([DNSQuestion: DNSAnswer], EventLoop) throws -> any Resolver

  package init(_ make: @escaping ([DNSQuestion: DNSAnswer], EventLoop) throws -> any Resolver) {
    self.make = make
  }

  /// Checks everything; each disagreement is an issue of the current test.
  package func verify() throws {
    try answersAsScripted()
    try answersLater()
    try answersEverybody()
    try mayBeAskedByWhoeverIsAnswered()
    try answersManyAtOnce()
    try answersAfterItWasLetGo()
  }

  private func asker(_ answers: [DNSQuestion: DNSAnswer]) throws -> Asker {
    let loop = try EventLoop()
    return Asker(try make(answers, loop), on: loop)
  }

  private func answersAsScripted() throws {
    let answers = try Self.answers()
    let asker = try asker(answers)
    for (question, answer) in answers { #expect(try asker.ask([question]) == [answer], "\(question)") }
    #expect(try asker.ask(Array(answers.keys)) == Array(answers.values), "all at once")
    #expect(try asker.ask("nobody.example") == .noName)
    #expect(try asker.ask("LISTED.Example.") == answers[Asker.question("listed.example")])
    #expect(try asker.ask("listed.example", .mx) == .noRecords, "a name with records of another type")
  }

  private func answersLater() throws {
    let loop = try EventLoop()
    let resolver = try make(Self.answers(), loop)
    for name in ["listed.example", "nobody.example", "broken.example"] {
      var isAsking = true
      resolver.resolve(try Asker.question(name)) { _ in
        #expect(!isAsking, "\(name) is answered by whoever is asked")
        loop.stop()
      }
      isAsking = false
      try loop.run()
    }
  }

  private func answersEverybody() throws {
    let asker = try asker(Self.answers())
    let question = try Asker.question("listed.example")
    let expected = try #require(try Self.answers()[question])
    #expect(try asker.ask(Array(repeating: question, count: 50)) == Array(repeating: expected, count: 50))
  }

  private func mayBeAskedByWhoeverIsAnswered() throws {
    let loop = try EventLoop()
    let resolver = try make(Self.answers(), loop)
    var heard: [DNSAnswer] = []
    func next(_ names: ArraySlice<String>) throws {
      guard let name = names.first else { return loop.stop() }
      let question = try Asker.question(name)
      resolver.resolve(question) { answer in
        heard.append(answer)
        #expect(throws: Never.self) { try next(names.dropFirst()) }
      }
    }
    let names = ["listed.example", "nobody.example", "broken.example", "listed.example", "listed.example"]
    try next(names[...])
    try loop.run()
    let listed = try #require(try Self.answers()[Asker.question("listed.example")])
    #expect(heard == [listed, .noName, .failed(.serverFailure), listed, listed])
  }

  private func answersManyAtOnce() throws {
    let questions = try (0..<200).map { try Asker.question("n\($0).many.example") }
    let answers = Dictionary(
      uniqueKeysWithValues: questions.enumerated().map {
        ($1, DNSAnswer.records([.address(.v4(0x7F00_0000 + UInt32($0)))]))
      })
    let asker = try asker(answers)
    #expect(try asker.ask(questions) == questions.map { answers[$0] })
  }

  private func answersAfterItWasLetGo() throws {
    let loop = try EventLoop()
    var heard: DNSAnswer?
    try make(Self.answers(), loop).resolve(try Asker.question("nobody.example")) {
      heard = $0
      loop.stop()
    }
    try loop.run()
    #expect(heard == .noName)
  }

  private static func answers() throws -> [DNSQuestion: DNSAnswer] {
    let host = try #require(DomainName("mx.example"))
    let address = try #require(IPAddress("2001:db8::25"))
    return [
      try Asker.question("listed.example"): .records([.address(.v4(0x7F00_0002)), .address(.v4(0x7F00_000A))]
      ),
      try Asker.question("listed.example", .txt): .records([.text(Array("listed, see $".utf8))]),
      try Asker.question("six.example", .aaaa): .records([.address(address)]),
      try Asker.question("domain.example", .mx): .records([
        .exchanger(host, preference: 10), .exchanger(.root, preference: 0),
      ]),
      try Asker.question("domain.example", .ns): .records([.host(host)]),
      try Asker.question("1.2.0.192.in-addr.arpa", .ptr): .records([.host(host)]),
      try Asker.question("domain.example", .a): .noRecords,
      try Asker.question("broken.example"): .failed(.serverFailure),
      try Asker.question("closed.example"): .failed(.refused),
      try Asker.question("silent.example"): .failed(.timeout),
    ]
  }
}
