import Glibc
import TestKit
import Testing

@testable import Policy

struct WallTimeTests {
  @Test(arguments: [
    (Int64(0), 0, "UTC", "Thu, 01 Jan 1970 00:00:00 UTC"),
    (1_709_164_800, 3600, "CET", "Thu, 29 Feb 2024 01:00:00 CET"),
    (-1, 0, "UTC", "Wed, 31 Dec 1969 23:59:59 UTC"),
    (951_782_400, -18_000, "EST", "Mon, 28 Feb 2000 19:00:00 EST"),
  ])
  func `dates are written as mail has them`(seconds: Int64, offset: Int, zone: String, date: String) {
    #expect(WallTime(seconds: seconds, offset: offset, zone: zone).date == date)
  }

  @Test func `random times are written as strftime writes them`() {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<5000 {
      let seconds = Int64.random(in: -5_000_000_000...50_000_000_000, using: &random)
      var time = time_t(seconds)
      var parts = tm()
      gmtime_r(&time, &parts)
      var text = [CChar](repeating: 0, count: 64)
      let count = strftime(&text, text.count, "%a, %d %b %Y %T UTC", &parts)
      let expected = String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
      #expect(WallTime(seconds: seconds).date == expected)
    }
  }
}
