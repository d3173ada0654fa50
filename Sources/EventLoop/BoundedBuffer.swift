/// Bytes on their way, first in first out, in one allocation that never grows.
struct BoundedBuffer: ~Copyable {
  private let memory: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0

  init(capacity: Int) {
    memory = .allocate(byteCount: capacity, alignment: 1)
  }

  deinit { memory.deallocate() }

  var count: Int { end - start }
  var isEmpty: Bool { start == end }
  var isFull: Bool { count == memory.count }

  /// What is in it; good until the next change.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: memory[start..<end])
  }

  /// Lets `body` write into all the room there is; it returns how many bytes it wrote, or less than none.
  mutating func fill<Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
  ) throws(Failure) -> Int {
    moveToFront()
    let written = try body(UnsafeMutableRawBufferPointer(rebasing: memory[end...]))
    end += max(written, 0)
    return written
  }

  /// Adds all of `added`, or nothing and says false when it doesn't fit.
  mutating func append(_ added: UnsafeRawBufferPointer) -> Bool {
    guard added.count <= memory.count - count else { return false }
    moveToFront()
    UnsafeMutableRawBufferPointer(rebasing: memory[end...]).copyMemory(from: added)
    end += added.count
    return true
  }

  /// Drops the first `count` bytes.
  mutating func drop(_ count: Int) {
    precondition(count >= 0 && count <= self.count, "\(count) bytes were taken of \(self.count)")
    start += count
    if start == end { (start, end) = (0, 0) }
  }

  private mutating func moveToFront() {
    guard start > 0 else { return }
    memory.copyMemory(from: bytes)
    (start, end) = (0, count)
  }
}
