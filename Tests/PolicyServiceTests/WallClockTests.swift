import Policy
import Testing

@testable import PolicyService

struct WallClockTests {
  @Test func `the zone is asked when the second is another, be it an earlier one`() {
    var seconds: Int64 = 100
    var asked = 0
    var clock = WallClock(
      seconds: { seconds },
      time: {
        asked += 1
        return WallTime(seconds: seconds, offset: asked)
      })
    for (second, expected) in [(100, 1), (100, 1), (101, 2), (101, 2), (99, 3), (99, 3), (101, 4)] {
      seconds = Int64(second)
      #expect(clock.now() == WallTime(seconds: seconds, offset: expected))
    }
    #expect(asked == 4)
  }
}
