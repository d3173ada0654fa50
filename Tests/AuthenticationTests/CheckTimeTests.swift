import Testing

@testable import Authentication

@Suite struct CheckTimeTests {
  @Test(arguments: [
    ([], 0), ([30], 60), ([30, 1000], 2000), ([1000, 1000], 2000), ([800, 100], 1400), ([9000], 5000),
  ])
  func `A login needs twice the longest check of late, half of its time at the most`(
    checks: [Int], needed: Int
  ) {
    var time = CheckTime()
    for check in checks { time.note(.milliseconds(check)) }
    #expect(time.needed(within: .seconds(10)) == .milliseconds(needed))
  }

  @Test func `A slow check is forgotten after quick ones`() {
    var time = CheckTime()
    time.note(.seconds(8))
    for _ in 0..<60 { time.note(.milliseconds(10)) }
    #expect(time.longest == .milliseconds(10))
  }
}
