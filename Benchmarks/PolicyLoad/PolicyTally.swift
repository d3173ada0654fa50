/// How the requests ended.
struct PolicyTally {
  /// Nanoseconds.
  private var times: [Int64] = []
  private var counts = [PolicyAnswer: Int]()

  /// Closed without an answer.
  var closed = 0
  /// Nothing came for as long as we had patience.
  var unanswered = 0
  var answers: Int { times.count }
  var ended: Int { answers + closed + unanswered }

  mutating func add(_ answer: PolicyAnswer, after time: Duration) {
    let (seconds, attoseconds) = time.components
    times.append(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    counts[answer, default: 0] += 1
  }

  func count(_ answer: PolicyAnswer) -> Int { counts[answer] ?? 0 }

  /// The figures as key=value.
  func report(over time: Duration) -> [String] {
    let sorted = times.sorted()
    var lines = ["answers=\(answers)", "rate=\(Self.text(Double(answers) / (time / .seconds(1))))"]
    lines += PolicyAnswer.allCases.map { "\($0.rawValue)=\(count($0))" }
    lines += ["closed=\(closed)", "unanswered=\(unanswered)"]
    for (key, share) in [("p50", 0.5), ("p99", 0.99), ("max", 1)] {
      lines.append("\(key)_us=\(Self.quantile(share, of: sorted))")
    }
    return lines
  }

  private static func quantile(_ share: Double, of sorted: [Int64]) -> String {
    guard !sorted.isEmpty else { return "none" }
    let rank = (share * Double(sorted.count)).rounded(.up)
    return text(Double(sorted[max(Int(rank) - 1, 0)]) / 1000)
  }

  /// With one digit after the point.
  static func text(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
