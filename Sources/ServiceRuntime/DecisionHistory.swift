/// What was decided lately, within a bound of bytes: the oldest makes way.
package struct DecisionHistory<Outcome> {
  package struct Entry {
    /// Unix seconds.
    package let time: Int64
    package let outcome: Outcome
    let size: Int
  }

  private let capacity: Int
  private var entries: [Entry] = []
  private var head = 0
  private var size = 0

  /// An empty history.
  ///
  /// - Parameter capacity: the most that its entries may take, bytes as `note` is told them.
  package init(capacity: Int) { self.capacity = capacity }

  /// Newest last.
  package var all: ArraySlice<Entry> { entries[head...] }

  /// Adds an outcome that takes some `size` bytes.
  package mutating func note(_ outcome: Outcome, time: Int64, size: Int) {
    entries.append(Entry(time: time, outcome: outcome, size: size))
    self.size += size
    while self.size > capacity, head < entries.count {
      self.size -= entries[head].size
      head += 1
    }
    if head > 64, head * 2 > entries.count {
      entries.removeFirst(head)
      head = 0
    }
  }
}
