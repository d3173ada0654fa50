/// Inquiries that wait for their turn, first come first served.
struct WaitingLine {
  private var inquiries: ContiguousArray<Inquiry?> = []
  private var first = 0

  var isEmpty: Bool { first == inquiries.count }

  mutating func append(_ inquiry: Inquiry) { inquiries.append(inquiry) }

  mutating func popFirst() -> Inquiry? {
    if isEmpty { return nil }
    defer {
      first += 1
      // What has left makes room when it is half of all, so that each moves about once.
      if first * 2 >= inquiries.count {
        inquiries.removeFirst(first)
        first = 0
      }
    }
    return inquiries[first].take()
  }
}
