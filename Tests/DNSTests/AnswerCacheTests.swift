import MailTypes
import Testing

@testable import DNS

struct AnswerCacheTests {
  private let start = ContinuousClock.Instant.now
  private let yes = DNSAnswer.records([.address(.v4(0x7F00_0002))])

  private func question(_ name: String, _ type: DNSRecordType = .a) throws -> DNSQuestion {
    DNSQuestion(try #require(DomainName(name)), type)
  }

  @Test func `an answer holds for its lifetime and no longer`() throws {
    var cache = AnswerCache(capacity: 10)
    let asked = try question("a.example")
    cache.keep(yes, to: asked, lifetime: 60, now: start)
    #expect(cache.answer(to: asked, now: start + .seconds(59.9)) == yes)
    #expect(cache.answer(to: asked, now: start + .seconds(60)) == nil)
    #expect(cache.count == 0, "what is over is dropped when it is asked for")
    #expect(cache.statistics == AnswerCache.Statistics(hits: 1, misses: 1, evictions: 0))
  }

  @Test func `recalling in vain is no miss`() throws {
    var cache = AnswerCache(capacity: 10)
    let asked = try question("a.example")
    #expect(cache.recall(asked, now: start) == nil)
    cache.keep(yes, to: asked, lifetime: 60, now: start)
    #expect(cache.recall(asked, now: start) == yes)
    #expect(cache.recall(asked, now: start + .seconds(60)) == nil)
    #expect(cache.statistics == AnswerCache.Statistics(hits: 1, misses: 0, evictions: 0))
  }

  @Test func `names and types are told apart`() throws {
    var cache = AnswerCache(capacity: 10)
    cache.keep(yes, to: try question("a.example"), lifetime: 60, now: start)
    #expect(cache.answer(to: try question("A.EXAMPLE."), now: start) == yes)
    #expect(cache.answer(to: try question("a.example", .aaaa), now: start) == nil)
    #expect(cache.answer(to: try question("b.example"), now: start) == nil)
  }

  @Test(
    arguments: [
      (DNSAnswer.records([.text([])]), UInt32(86_400)), (.noName, 3600), (.noRecords, 3600),
    ])
  func `no answer is believed for as long as it likes`(answer: DNSAnswer, longest: UInt32) throws {
    var cache = AnswerCache(capacity: 10)
    let asked = try question("a.example")
    cache.keep(answer, to: asked, lifetime: .max, now: start)
    #expect(cache.answer(to: asked, now: start + .seconds(longest) - .milliseconds(1)) == answer)
    #expect(cache.answer(to: asked, now: start + .seconds(longest)) == nil)
  }

  @Test func `what nobody knows, and what holds for no time, isn't kept`() throws {
    var cache = AnswerCache(capacity: 10)
    let asked = try question("a.example")
    cache.keep(.failed(.timeout), to: asked, lifetime: 60, now: start)
    cache.keep(yes, to: asked, lifetime: 0, now: start)
    #expect(cache.count == 0)
    var none = AnswerCache(capacity: 0)
    none.keep(yes, to: asked, lifetime: 60, now: start)
    #expect(none.answer(to: asked, now: start) == nil)
  }

  @Test func `a failure leaves the answer that still holds`() throws {
    var cache = AnswerCache(capacity: 10)
    let asked = try question("a.example")
    cache.keep(yes, to: asked, lifetime: 60, now: start)
    cache.keep(.failed(.timeout), to: asked, lifetime: 60, now: start)
    #expect(cache.answer(to: asked, now: start) == yes)
  }

  @Test func `the answer that was used longest ago makes way`() throws {
    var cache = AnswerCache(capacity: 3)
    let names = try ["a", "b", "c", "d"].map { try question($0) }
    for name in names[..<3] { cache.keep(.noName, to: name, lifetime: 60, now: start) }
    #expect(cache.answer(to: names[0], now: start) == .noName)
    cache.keep(.noName, to: names[3], lifetime: 60, now: start)
    #expect(names.map { cache.answer(to: $0, now: start) != nil } == [true, false, true, true])
    #expect(cache.statistics.evictions == 1)
  }

  @Test func `long answers take the room of many short ones`() throws {
    var cache = AnswerCache(capacity: 20)
    for number in 0..<20 {
      cache.keep(.noName, to: try question("short\(number)"), lifetime: 60, now: start)
    }
    let long = DNSAnswer.records([.text(Array(repeating: 0, count: 4000))])
    cache.keep(long, to: try question("long"), lifetime: 60, now: start)
    #expect(cache.count == 5, "4032 bytes are 16 units of 256")
    let endless = DNSAnswer.records(Array(repeating: .text(Array(repeating: 0, count: 4000)), count: 256))
    cache.keep(endless, to: try question("endless"), lifetime: 60, now: start)
    #expect(cache.count == 5, "what has no room at all drives nothing out")
  }

  /// Beside a dictionary and an order kept in an array.
  @Test func `it agrees with a simple one`() throws {
    var generator = SystemRandomNumberGenerator()
    var cache = AnswerCache(capacity: 8)
    var kept: [(question: DNSQuestion, answer: DNSAnswer, expires: Int)] = []
    let names = try (0..<16).map { try question("n\($0)") }
    for second in 0..<20_000 {
      let now = start + .seconds(second)
      let name = names[Int.random(in: 0..<16, using: &generator)]
      let place = kept.firstIndex { $0.question == name }
      if Bool.random(using: &generator) {
        let lifetime = UInt32.random(in: 1...40, using: &generator)
        let answer = DNSAnswer.records([.address(.v4(UInt32(second)))])
        cache.keep(answer, to: name, lifetime: lifetime, now: now)
        if let place { kept.remove(at: place) } else if kept.count == 8 { kept.removeFirst() }
        kept.append((name, answer, second + Int(lifetime)))
      } else {
        var expected: DNSAnswer?
        if let place {
          let entry = kept.remove(at: place)
          if entry.expires > second {
            kept.append(entry)
            expected = entry.answer
          }
        }
        #expect(cache.answer(to: name, now: now) == expected)
      }
      try #require(cache.count == kept.count)
    }
  }
}
