/// Logins that wait for a worker, first come first served, within a cap that the caller holds.
struct LoginQueue: Sendable {
  private var waiting: [RequestID] = []
  private var head = 0

  var count: Int { waiting.count - head }
  var first: RequestID? { head < waiting.count ? waiting[head] : nil }

  mutating func append(_ request: RequestID) { waiting.append(request) }

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

  mutating func remove(_ request: RequestID) {
    guard let index = waiting[head...].firstIndex(of: request) else { return }
    waiting.remove(at: index)
  }
}
