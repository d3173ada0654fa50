import TestKit
import Testing

/// How the resident memory of one process goes over a long time.
struct MemoryTrend {
  private let pid: Int32
  private var samples: [Int] = []

  init(of pid: Int32) { self.pid = pid }

  mutating func sample() throws {
    samples.append(try #require(try ProcessStatus(of: pid).numbers("VmRSS").first))
  }

  /// From the second quarter's median to the last one's, in kB; the first quarter warms up.
  var growth: Int {
    let quarter = samples.count / 4
    guard quarter > 0 else { return 0 }
    return Self.median(samples.suffix(quarter)) - Self.median(samples[quarter..<2 * quarter])
  }

  private static func median(_ samples: ArraySlice<Int>) -> Int { samples.sorted()[samples.count / 2] }
}
