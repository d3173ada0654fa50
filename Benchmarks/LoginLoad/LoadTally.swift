/// How the logins of one kind ended.
struct LoadTally {
  /// The end of one login.
  enum Ending {
    case accepted
    case refused
    /// Closed without an answer: the daemon could not decide.
    case closed
    /// Something that is no answer.
    case malformed
    /// Nothing came for as long as we had patience.
    case unanswered
  }

  private var times: [Duration] = []
  private var counts: [Ending: Int] = [:]
  private var accepted = 0

  /// How many ended, however they did.
  private(set) var count = 0

  mutating func add(_ ending: Ending, after time: Duration) {
    count += 1
    if ending == .accepted { accepted += 1 } else { counts[ending, default: 0] += 1 }
    if ending != .unanswered { times.append(time) }
  }

  /// The figures as key=value; `prefix` goes before each key.
  func report(over time: Duration, prefix: String = "") -> [String] {
    let sorted = times.sorted()
    var lines = [
      "logins=\(count)", "rate=\(Self.text(Double(count) / (time / .seconds(1))))",
      "accepted=\(accepted)",
    ]
    for (key, ending) in [
      ("refused", Ending.refused), ("closed", .closed), ("malformed", .malformed),
      ("unanswered", .unanswered),
    ] {
      lines.append("\(key)=\(counts[ending] ?? 0)")
    }
    for (key, share) in [("p50", 0.5), ("p99", 0.99), ("max", 1)] {
      lines.append("\(key)_us=\(Self.quantile(share, of: sorted))")
    }
    return lines.map { prefix + $0 }
  }

  private static func quantile(_ share: Double, of sorted: [Duration]) -> String {
    guard !sorted.isEmpty else { return "none" }
    let rank = (share * Double(sorted.count)).rounded(.up)
    return text(sorted[max(Int(rank) - 1, 0)] / .microseconds(1))
  }

  /// With one digit after the point.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
