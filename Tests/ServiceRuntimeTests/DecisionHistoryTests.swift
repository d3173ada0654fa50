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
}
