import Glibc
import Policy

/// The host's clock; what the zone makes of a time is asked for once a second, which takes as long as a decision's keys.
struct WallClock {
  private let seconds: () -> Int64
  private let time: () -> WallTime
  private var last: WallTime

  /// - Parameters:
  ///   - seconds: since 1970, cheap to ask.
  ///   - time: the same with its zone.
  init(
    seconds: @escaping () -> Int64 = { Int64(Glibc.time(nil)) }, time: @escaping () -> WallTime = { .now }
  ) {
    self.seconds = seconds
    self.time = time
    last = time()
  }

  mutating func now() -> WallTime {
    if seconds() != last.seconds { last = time() }
    return last
  }
}
