/// Values by key, in the order in which they were written last; every operation takes the same time at any size.
struct RecencyTable<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// A value and its neighbours in the order of writing, as places in `cells`.
  private struct Cell: Sendable {
    let key: Key
    var value: Value
    var older: Int?
    var newer: Int?
  }

  private var places: [Key: Int] = [:]
  private var cells: [Cell?] = []
  private var free: [Int] = []
  private var oldest: Int?
  private var newest: Int?

  var count: Int { places.count }

  subscript(_ key: Key) -> Value? { places[key].flatMap { cells[$0]?.value } }

  /// Writes a value, which is the newest then.
  mutating func put(_ value: Value, for key: Key) {
    if let place = places[key] {
      unlink(place)
      cells[place]?.value = value
      link(place)
      return
    }
    let place = free.popLast() ?? cells.endIndex
    if place == cells.endIndex { cells.append(nil) }
    cells[place] = Cell(key: key, value: value)
    places[key] = place
    link(place)
  }

  mutating func remove(_ key: Key) {
    if places.isEmpty { return }
    guard let place = places.removeValue(forKey: key) else { return }
    unlink(place)
    cells[place] = nil
    free.append(place)
  }

  /// Makes a cell without neighbours the newest.
  private mutating func link(_ place: Int) {
    cells[place]?.older = newest
    cells[place]?.newer = nil
    if let newest { cells[newest]?.newer = place }
    newest = place
    oldest = oldest ?? place
  }

  private mutating func unlink(_ place: Int) {
    guard let cell = cells[place] else { return }
    if let older = cell.older { cells[older]?.newer = cell.newer } else { oldest = cell.newer }
    if let newer = cell.newer { cells[newer]?.older = cell.older } else { newest = cell.older }
  }

  mutating func removeOldest() { _ = removeOldest(most: 1) { _ in true } }

  /// Removes from the oldest on, as long as they are `expired`.
  ///
  /// - Returns: how many it were.
  mutating func removeOldest(most: Int, while expired: (Value) -> Bool) -> Int {
    var removed = 0
    while removed < most, let oldest, let cell = cells[oldest], expired(cell.value) {
      remove(cell.key)
      removed += 1
    }
    return removed
  }
}
