/// How long checks have taken of late.
///
/// A login is given to a worker only while a check can still come to its end by the deadline. Otherwise a queue
/// that is always full would give out every login in its last moment, and every worker would be ended for the
/// queue's slowness.
struct CheckTime: Equatable, Sendable {
  /// The longest check; what lies back counts ever less, so that one slow check is forgotten after some dozens of
  /// quick ones.
  private(set) var longest = Duration.zero

  /// Takes a check that was answered, whatever the answer.
  mutating func note(_ time: Duration) { longest = max(time, longest - longest / 8) }

  /// What a login must have left: twice what checks take, never more than half of its time.
  func needed(within deadline: Duration) -> Duration { min(longest * 2, deadline / 2) }
}
