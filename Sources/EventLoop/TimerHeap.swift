/// Names a piece of work that was scheduled, so that it can be called off.
package struct TimerToken: Hashable, Sendable {
  fileprivate let key: SlotTable<() -> Void>.Key
}

/// Work by the time when it is due: a binary heap whose entries know where they stand.
///
/// Adding and calling off cost O(log n); work that was called off is dropped at once, with all it holds.
struct TimerHeap {
  private struct Entry {
    let deadline: ContinuousClock.Instant
    /// Counts up, so that equal times keep the order in which they were scheduled.
    let order: UInt64
    let key: SlotTable<() -> Void>.Key

    func isBefore(_ other: Entry) -> Bool {
      deadline == other.deadline ? order < other.order : deadline < other.deadline
    }
  }

  private var heap: ContiguousArray<Entry> = []
  private var work = SlotTable<() -> Void>()
  /// Where in the heap the entry of each slot stands.
  private var positions: ContiguousArray<Int> = []
  /// What the next entry will carry; all that are scheduled now are below.
  private(set) var nextOrder: UInt64 = 0

  var count: Int { heap.count }

  /// When the first is due.
  var earliest: ContinuousClock.Instant? { heap.first?.deadline }

  mutating func insert(at deadline: ContinuousClock.Instant, _ body: @escaping () -> Void) -> TimerToken {
    let key = work.insert(body)
    if Int(key.slot) == positions.count { positions.append(0) }
    heap.append(Entry(deadline: deadline, order: nextOrder, key: key))
    nextOrder += 1
    siftUp(from: heap.count - 1)
    return TimerToken(key: key)
  }

  /// False when it was run or called off before.
  @discardableResult
  mutating func remove(_ token: TimerToken) -> Bool {
    guard work.remove(token.key) != nil else { return false }
    removeEntry(at: positions[Int(token.key.slot)])
    return true
  }

  /// The next piece of work due at `now`, among those that were scheduled below `order`.
  mutating func takeDue(at now: ContinuousClock.Instant, below order: UInt64) -> (() -> Void)? {
    guard let first = heap.first, first.deadline <= now, first.order < order else { return nil }
    removeEntry(at: 0)
    return work.remove(first.key)
  }

  private mutating func removeEntry(at position: Int) {
    let last = heap.removeLast()
    guard position < heap.count else { return }
    heap[position] = last
    siftDown(from: position)
    siftUp(from: positions[Int(last.key.slot)])
  }

  private mutating func siftUp(from start: Int) {
    let entry = heap[start]
    var position = start
    while position > 0 {
      let parent = (position - 1) / 2
      guard entry.isBefore(heap[parent]) else { break }
      place(heap[parent], at: position)
      position = parent
    }
    place(entry, at: position)
  }

  private mutating func siftDown(from start: Int) {
    let entry = heap[start]
    var position = start
    while true {
      var child = 2 * position + 1
      guard child < heap.count else { break }
      if child + 1 < heap.count, heap[child + 1].isBefore(heap[child]) { child += 1 }
      guard heap[child].isBefore(entry) else { break }
      place(heap[child], at: position)
      position = child
    }
    place(entry, at: position)
  }

  private mutating func place(_ entry: Entry, at position: Int) {
    heap[position] = entry
    positions[Int(entry.key.slot)] = position
  }
}
