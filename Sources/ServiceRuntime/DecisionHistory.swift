package import Control

/// What was decided lately, within a bound of bytes: the oldest makes way.
package struct DecisionHistory<Outcome> {
  package struct Entry {
    /// Unix seconds.
    package let time: Int64
    package let outcome: Outcome
    let size: Int
  }

  private let capacity: Int
  /// Those before `head` are let go at once, and their places now and then.
  private var entries: [Entry?] = []
  private var head = 0
  private var size = 0

  /// An empty history.
  ///
  /// - Parameter capacity: the most that its entries may take, bytes as `note` is told them.
  package init(capacity: Int) { self.capacity = capacity }

  /// Newest last.
  package var all: [Entry] { entries[head...].compactMap(\.self) }

  /// Adds an outcome that takes some `size` bytes.
  package mutating func note(_ outcome: Outcome, time: Int64, size: Int) {
    entries.append(Entry(time: time, outcome: outcome, size: size))
    self.size += size
    while self.size > capacity, head < entries.count {
      self.size -= entries[head]?.size ?? 0
      entries[head] = nil
      head += 1
    }
    if head > 64, head * 2 > entries.count {
      entries.removeFirst(head)
      head = 0
    }
  }
}

extension DecisionHistory {
  /// Answers an operator's question.
  ///
  /// - Parameters:
  ///   - filter: from when on, and how many.
  ///   - now: Unix seconds.
  ///   - matches: whether an outcome is what else is asked for.
  ///   - lines: how one is told; the first line gets the time, too.
  /// - Returns: of the newest that are asked for as many as an answer has room for, newest last.
  package func answer(
    _ filter: DecisionRequest.Filter, now: Int64, where matches: @escaping (Outcome) -> Bool,
    lines: @escaping (Outcome) -> [ControlLine]
  ) -> String {
    let oldest = filter.since.map { now - $0 } ?? .min
    let found = all.reversed().lazy.filter { $0.time >= oldest && matches($0.outcome) }
    let events = found.prefix(filter.limit).map { entry in
      var lines = lines(entry.outcome)
      if !lines.isEmpty { lines[0].add("time", entry.time) }
      return lines
    }
    return OperatorAnswer(newestFirst: events).text
  }
}
