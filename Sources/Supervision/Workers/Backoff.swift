/// How long a process that ended waits until it is started again.
///
/// One that served for a while is replaced at once; one that keeps failing waits twice as long each time.
struct Backoff: Equatable, Sendable {
  static let shortest = Duration.milliseconds(50)
  static let longest = Duration.seconds(10)
  /// Who ended as he should, but sooner than this, has hardly begun.
  static let shortestUse = Duration.milliseconds(10)
  /// Who lived this long was well.
  static let healthyLife = Duration.seconds(5)

  private var delay = Duration.zero

  /// The wait before the next start.
  ///
  /// - Parameters:
  ///   - life: how long the process lived.
  ///   - orderly: it ended because it was told to, or had done its share.
  /// - Returns: zero for what ended well, after some use.
  mutating func wait(afterLife life: Duration, orderly: Bool) -> Duration {
    if (orderly && life >= Self.shortestUse) || life >= Self.healthyLife {
      delay = .zero
    } else {
      delay = delay == .zero ? Self.shortest : min(delay * 2, Self.longest)
    }
    return delay
  }
}
