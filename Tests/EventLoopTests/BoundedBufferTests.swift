import Testing

@testable import EventLoop

@Suite struct BoundedBufferTests {
  @Test func `bytes come out as they went in, however they are cut`() {
    var random = SplitMix(state: 7)
    var buffer = BoundedBuffer(capacity: 16)
    var expected: [UInt8] = []
    var next: UInt8 = 0
    for _ in 0..<10_000 {
      let added = (0..<random.next() % 20).map { next &+ UInt8($0) }
      let fits = added.count <= 16 - expected.count
      let wasAdded = added.withUnsafeBytes { buffer.append($0) }
      #expect(wasAdded == fits)
      if fits {
        expected += added
        next &+= UInt8(added.count)
      }
      let dropped = Int(random.next() % UInt64(expected.count + 1))
      buffer.drop(dropped)
      expected.removeFirst(dropped)
      let bytes = Array(buffer.bytes)
      #expect(bytes == expected)
    }
  }

  @Test func `filling gets all the room there is`() {
    var buffer = BoundedBuffer(capacity: 8)
    var rooms: [Int] = []
    for written in [5, 0, -1, 3] {
      let result = buffer.fill { room in
        rooms.append(room.count)
        return written
      }
      #expect(result == written)
    }
    #expect(rooms == [8, 3, 3, 3])
    let (isFull, count) = (buffer.isFull, buffer.count)
    #expect(isFull && count == 8)
  }
}
