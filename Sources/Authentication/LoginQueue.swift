import Credentials

/// Logins that wait for a worker, first come first served among those that need the same rights.
///
/// The caller holds the cap for those that come; those that a worker gives back, one a worker at the most, are
/// beyond it.
struct LoginQueue: Sendable {
  private var lanes: [WorkerRights: Lane] = [:]
  private(set) var count = 0

  /// The first of each lane.
  var heads: [RequestID] { lanes.values.compactMap(\.first) }
  /// The rights for which somebody waits.
  var rights: [WorkerRights] { lanes.keys.filter { lanes[$0]?.first != nil } }
  /// All that wait, lane after lane in their order.
  var all: [RequestID] { lanes.values.flatMap(\.all) }

  mutating func append(_ request: RequestID, needing rights: WorkerRights) {
    lanes[rights, default: Lane()].append(request)
    count += 1
  }

  /// Whoever was taken out comes next.
  mutating func putBack(_ request: RequestID, needing rights: WorkerRights) {
    lanes[rights, default: Lane()].putBack(request)
    count += 1
  }

  mutating func popFirst(needing rights: WorkerRights) -> RequestID? {
    guard let request = lanes[rights]?.popFirst() else { return nil }
    count -= 1
    return request
  }

  mutating func remove(_ request: RequestID, needing rights: WorkerRights) {
    if lanes[rights]?.remove(request) == true { count -= 1 }
  }

  mutating func removeAll() {
    lanes = [:]
    count = 0
  }
}

/// One waiting line.
private struct Lane: Sendable {
  private var waiting: [RequestID] = []
  private var head = 0

  var first: RequestID? { head < waiting.count ? waiting[head] : nil }
  var all: ArraySlice<RequestID> { waiting[head...] }

  mutating func append(_ request: RequestID) { waiting.append(request) }

  mutating func putBack(_ request: RequestID) {
    guard head > 0 else { return waiting.insert(request, at: 0) }
    head -= 1
    waiting[head] = request
  }

  mutating func popFirst() -> RequestID? {
    guard let request = first else { return nil }
    head += 1
    // Moves the rest down when half of the array is spent: constant time a request.
    if head * 2 > waiting.count {
      waiting.removeFirst(head)
      head = 0
    }
    return request
  }

  mutating func remove(_ request: RequestID) -> Bool {
    guard let index = waiting[head...].firstIndex(of: request) else { return false }
    waiting.remove(at: index)
    return true
  }
}
