import Control
import ServiceRuntime
import Testing

@Suite struct DecisionHistoryTests {
  @Test func `It keeps the newest within its bound, in their order`() {
    var history = DecisionHistory<Int>(capacity: 1000)
    for number in 1...5000 {
      history.note(number, time: Int64(number), size: 100)
      #expect(history.all.count == min(number, 10))
    }
    #expect(history.all.map(\.outcome) == Array(4991...5000))
    #expect(history.all.map(\.time) == Array(4991...5000))
  }

  @Test func `One that is larger than the bound leaves nothing`() {
    var history = DecisionHistory<Int>(capacity: 1000)
    history.note(1, time: 1, size: 500)
    history.note(2, time: 2, size: 2000)
    #expect(history.all.isEmpty)
    history.note(3, time: 3, size: 1000)
    #expect(history.all.map(\.outcome) == [3])
  }

  private final class Outcome {}

  @Test func `What made way is let go`() {
    var history = DecisionHistory<Outcome>(capacity: 10)
    weak var oldest: Outcome?
    do {
      let outcome = Outcome()
      oldest = outcome
      history.note(outcome, time: 1, size: 1)
    }
    for time in 2...10 as ClosedRange<Int64> { history.note(Outcome(), time: time, size: 1) }
    #expect(oldest != nil)
    history.note(Outcome(), time: 11, size: 1)
    #expect(oldest == nil)
  }

  /// Five hundred decisions, one a second, and what is asked about them at 500.
  private static func answer(
    _ filter: DecisionRequest.Filter, width: Int = 1, where matches: @escaping (Int) -> Bool = { _ in true }
  ) throws -> [ControlLine] {
    var history = DecisionHistory<Int>(capacity: 1000)
    for number in 1...500 { history.note(number, time: Int64(number), size: 1) }
    let text = history.answer(filter, now: 500, where: matches) { number in
      var line = ControlLine("decision")
      line.add("number", Int64(number))
      line.add("text", Array(repeating: UInt8(ascii: "x"), count: width))
      return [line]
    }
    return try OperatorAnswer.lines(of: text)
  }

  @Test(
    arguments: [
      (nil, 3, [498, 499, 500]), (2, 100, [498, 499, 500]), (0, 100, [500]),
      (Int64.max, 2, [499, 500]),
    ] as [(Int64?, Int, [Int64])])
  func `An answer has the newest of the time that is asked for, newest last`(
    since: Int64?, limit: Int, numbers: [Int64]
  ) throws {
    var filter = DecisionRequest.Filter(limit: limit)
    filter.since = since
    let lines = try Self.answer(filter)
    #expect(lines.map { $0.number("number") } == numbers)
    #expect(lines.map { $0.number("time") } == numbers)
  }

  @Test func `An answer has what matches`() throws {
    let lines = try Self.answer(DecisionRequest.Filter(limit: 2)) { $0.isMultiple(of: 7) }
    #expect(lines.map { $0.number("number") } == [490, 497])
  }

  @Test func `What an answer has no room for is the oldest`() throws {
    let lines = try Self.answer(DecisionRequest.Filter(limit: 1000), width: 1000)
    #expect((50..<60).contains(lines.count))
    #expect(lines.map { $0.number("number") } == (501 - Int64(lines.count)...500).map { $0 })
  }
}
