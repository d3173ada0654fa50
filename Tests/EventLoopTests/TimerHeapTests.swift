import Testing

@testable import EventLoop

@Suite struct TimerHeapTests {
  private static let start = ContinuousClock.Instant.now

  /// Times in milliseconds, in the order of scheduling, and the indexes in the order of running.
  @Test(arguments: [
    ([], []),
    ([5], [0]),
    ([3, 1, 2], [1, 2, 0]),
    ([1, 1, 1, 1], [0, 1, 2, 3]),
    ([2, 1, 2, 1], [1, 3, 0, 2]),
  ])
  func `work runs by time, then in the order it was scheduled`(times: [Int], order: [Int]) {
    var heap = TimerHeap()
    var ran: [Int] = []
    for (index, time) in times.enumerated() {
      _ = heap.insert(at: Self.start + .milliseconds(time)) { ran.append(index) }
    }
    while let work = heap.takeDue(at: Self.start + .seconds(1), below: heap.nextOrder) { work() }
    #expect(ran == order)
    #expect(heap.count == 0)
  }

  @Test func `nothing is taken before its time, or that was scheduled after the limit`() {
    var heap = TimerHeap()
    _ = heap.insert(at: Self.start + .milliseconds(10)) {}
    let limit = heap.nextOrder
    _ = heap.insert(at: Self.start + .milliseconds(5)) {}
    #expect(heap.earliest == Self.start + .milliseconds(5))
    let taken = [(4, heap.nextOrder), (20, limit), (5, heap.nextOrder), (10, limit)].map { time, order in
      heap.takeDue(at: Self.start + .milliseconds(time), below: order) != nil
    }
    #expect(taken == [false, false, true, true])
  }

  @Test func `work that was called off is dropped, its token good for nothing more`() {
    var heap = TimerHeap()
    weak var held: AnyObject?
    let token = {
      let object = Held()
      held = object
      return heap.insert(at: Self.start) { _ = object }
    }()
    #expect(held != nil)
    let first = heap.remove(token)
    #expect(held == nil)
    _ = heap.insert(at: Self.start) {}
    let second = heap.remove(token)
    #expect(first && !second)
    #expect(heap.count == 1)
  }

  /// Random scheduling, calling off and running, against a sorted list.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `ten thousand timers behave as a sorted list`(seed: UInt64) {
    var random = SplitMix(state: seed)
    var heap = TimerHeap()
    var expected: [(time: Int, index: Int)] = []
    var tokens: [TimerToken] = []
    var ran: [Int] = []
    for index in 0..<10_000 {
      let time = Int(random.next() % 500)
      tokens.append(heap.insert(at: Self.start + .milliseconds(time)) { ran.append(index) })
      expected.append((time, index))
    }
    let calledOff = Set(tokens.indices.filter { _ in random.next().isMultiple(of: 3) })
    for index in calledOff { heap.remove(tokens[index]) }
    expected.removeAll { calledOff.contains($0.index) }
    for time in [100, 101, 250, 499] {
      while let work = heap.takeDue(at: Self.start + .milliseconds(time), below: heap.nextOrder) { work() }
      let due = expected.filter { $0.time <= time }.sorted { ($0.time, $0.index) < ($1.time, $1.index) }
      let isInOrder = ran == due.map(\.index)
      #expect(isInOrder)
      #expect(heap.count == expected.count - due.count)
    }
  }

  private final class Held {}
}

/// A generator that gives the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
