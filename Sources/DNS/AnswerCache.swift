package import MailTypes

/// Answers that still hold: those that were used last, up to a bound.
///
/// Failures are never kept, so that a server that is back is believed at once. Every operation takes the same time at
/// any size.
package struct AnswerCache {
  /// How it did since it was made.
  package struct Statistics: Equatable, Sendable {
    package var hits: UInt64 = 0
    package var misses: UInt64 = 0
    /// Answers that made way for others while they still held, or might have.
    package var evictions: UInt64 = 0
  }

  /// Longer than this no answer is believed: a day.
  package static let longestPositive: UInt32 = 86_400
  /// Nor that there is none: an hour.
  package static let longestNegative: UInt32 = 3600
  /// What one unit of the capacity stands for, in bytes of an answer's data.
  private static let unit = 256
  private static let none: Int32 = -1

  private struct Cell {
    var question: DNSQuestion
    var answer: DNSAnswer
    var expires: ContinuousClock.Instant
    var weight: Int32
    /// The neighbours in the order of use, as places in `cells`; `older` also chains the free ones.
    var older: Int32
    var newer: Int32
  }

  private static let empty = Cell(
    question: DNSQuestion(.root, .a), answer: .noName, expires: .now, weight: 0, older: none, newer: none)

  private let capacity: Int
  private var places: [DNSQuestion: Int32] = [:]
  private var cells: ContiguousArray<Cell> = []
  private var free = none
  private var oldest = none
  private var newest = none
  private var weight = 0
  package private(set) var statistics = Statistics()

  /// An empty one.
  ///
  /// - Parameter capacity: how many answers of up to 256 bytes it keeps, or fewer that are longer; 0 for none.
  package init(capacity: Int) { self.capacity = min(max(capacity, 0), Int(Int32.max)) }

  /// How many answers it has, those among them that hold no more and haven't been asked for since.
  package var count: Int { places.count }

  /// The answer that holds at `now`.
  package mutating func answer(
    to question: DNSQuestion, now: ContinuousClock.Instant
  ) -> DNSAnswer? {
    guard let place = places[question] else {
      statistics.misses += 1
      return nil
    }
    guard cells[Int(place)].expires > now else {
      statistics.misses += 1
      remove(place)
      return nil
    }
    statistics.hits += 1
    if place != newest {
      unlink(place)
      link(place)
    }
    return cells[Int(place)].answer
  }

  /// Keeps an answer for `lifetime` seconds at most.
  package mutating func keep(
    _ answer: DNSAnswer, to question: DNSQuestion, lifetime: UInt32, now: ContinuousClock.Instant
  ) {
    let longest: UInt32
    switch answer {
    case .records: longest = Self.longestPositive
    case .noRecords, .noName: longest = Self.longestNegative
    case .failed: return
    }
    let weight = Self.weight(of: answer)
    guard lifetime > 0, weight <= capacity else { return }
    insert(
      Cell(
        question: question, answer: answer, expires: now + .seconds(min(lifetime, longest)),
        weight: Int32(weight), older: Self.none, newer: Self.none))
  }

  private static func weight(of answer: DNSAnswer) -> Int {
    let bytes = answer.found.reduce(0) { sum, record in
      switch record {
      case .address: sum + 16
      case .exchanger(let name, _), .host(let name): sum + 32 + name.bytes.count
      case .text(let text): sum + 32 + text.count
      }
    }
    return 1 + bytes / unit
  }

  // MARK: Places

  private mutating func insert(_ cell: Cell) {
    let place = freePlace()
    if let former = places.updateValue(place, forKey: cell.question) { vacate(former) }
    cells[Int(place)] = cell
    link(place)
    weight += Int(cell.weight)
    while weight > capacity {
      statistics.evictions += 1
      remove(oldest)
    }
  }

  private mutating func freePlace() -> Int32 {
    if free == Self.none {
      cells.append(Self.empty)
      return Int32(cells.count - 1)
    }
    defer { free = cells[Int(free)].older }
    return free
  }

  private mutating func remove(_ place: Int32) {
    places[cells[Int(place)].question] = nil
    vacate(place)
  }

  private mutating func vacate(_ place: Int32) {
    unlink(place)
    weight -= Int(cells[Int(place)].weight)
    // What is free holds no memory but its own.
    cells[Int(place)] = Self.empty
    cells[Int(place)].older = free
    free = place
  }

  /// Makes a cell without neighbours the newest.
  private mutating func link(_ place: Int32) {
    cells[Int(place)].older = newest
    cells[Int(place)].newer = Self.none
    if newest != Self.none { cells[Int(newest)].newer = place } else { oldest = place }
    newest = place
  }

  private mutating func unlink(_ place: Int32) {
    let (older, newer) = (cells[Int(place)].older, cells[Int(place)].newer)
    if older != Self.none { cells[Int(older)].newer = newer } else { oldest = newer }
    if newer != Self.none { cells[Int(newer)].older = older } else { newest = older }
  }
}
