package import DNS
package import EventLoop
package import MailTypes
import Testing

/// Whoever asks a resolver in a test, and runs its loop until all is answered.
package final class Asker {
  package let loop: EventLoop
  private let resolver: any Resolver

  package init(_ resolver: any Resolver, on loop: EventLoop) {
    self.resolver = resolver
    self.loop = loop
  }

  package static func question(_ name: String, _ type: DNSRecordType = .a) throws -> DNSQuestion {
    DNSQuestion(try #require(DomainName(name), "\(name)"), type)
  }

  /// The answers in the order of the questions, which are all asked at once.
  package func ask(_ questions: [DNSQuestion]) throws -> [DNSAnswer] {
    var answers = [DNSAnswer?](repeating: nil, count: questions.count)
    var left = questions.count
    var isWaiting = false
    for (index, question) in questions.enumerated() {
      resolver.resolve(question) { [loop] answer in
        #expect(answers[index] == nil, "\(question) is answered twice")
        answers[index] = answer
        left -= 1
        if left == 0, isWaiting { loop.stop() }
      }
    }
    isWaiting = left > 0
    if isWaiting { try run() }
    return try answers.map { try #require($0, "no answer") }
  }

  package func ask(_ name: String, _ type: DNSRecordType = .a) throws -> DNSAnswer {
    try ask([Self.question(name, type)])[0]
  }

  /// Until somebody stops the loop; half a minute at most.
  package func run() throws {
    let limit = loop.schedule(after: .seconds(30)) { [loop] in loop.stop() }
    try loop.run()
    loop.cancel(limit)
  }

  /// What a name server says now.
  package static func answer(of server: String, to name: String, _ type: DNSRecordType = .a) throws
    -> DNSAnswer
  {
    let loop = try EventLoop()
    let address = try #require(ServerAddress(server), "\(server)")
    let settings = ResolverSettings(servers: [address], timeout: .milliseconds(500), attempts: 1, cache: 0)
    return try Asker(NetworkResolver(settings, loop: loop), on: loop).ask(name, type)
  }
}
