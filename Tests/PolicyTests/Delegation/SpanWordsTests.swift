import TestKit
import Testing

@testable import Policy

struct SpanWordsTests {
  @Test func `a line's end is found where it is`() {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        [0x0A, 0x0B, 0x09, 0x8A, 0x00, 0xFF, 0x61, 0x62].randomElement(using: &random) ?? UInt8(0)
      }
      let start = Int.random(in: 0...bytes.count, using: &random)
      let end = Int.random(in: start...bytes.count, using: &random)
      let found = bytes.span.firstLineFeed(from: start, to: end)
      #expect(found == bytes[start..<end].firstIndex(of: 0x0A), "\(bytes) \(start)..<\(end)")
    }
  }
}
