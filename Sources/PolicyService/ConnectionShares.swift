import SystemCalls

/// How many connections each user has, so that one can't take those of all others.
struct ConnectionShares {
  /// Between two complaints about one user.
  private static let interval = Duration.seconds(60)

  private let most: Int
  /// Root, and whom smtpd runs as.
  private let exempt: Set<UInt32>
  private var taken: [UInt32: Int] = [:]
  /// Who was complained about in the last interval, and when.
  private var told: [UInt32: ContinuousClock.Instant] = [:]

  /// Looks up Postfix's user.
  init(most: Int) {
    self.most = most
    exempt = Set([0] + [Account(named: "postfix")?.uid].compactMap(\.self))
  }

  /// False when the user has as many as one may have.
  mutating func take(_ uid: UInt32) -> Bool {
    guard !exempt.contains(uid) else { return true }
    guard taken[uid, default: 0] < most else { return false }
    taken[uid, default: 0] += 1
    return true
  }

  mutating func giveBack(_ uid: UInt32) {
    guard let count = taken[uid] else { return }
    taken[uid] = count > 1 ? count - 1 : nil
  }

  /// Whether the log should hear that a user has had his share: he may try a thousand times a second.
  mutating func isWorthTelling(_ uid: UInt32, now: ContinuousClock.Instant) -> Bool {
    told = told.filter { now - $0.value < Self.interval }
    guard told[uid] == nil else { return false }
    told[uid] = now
    return true
  }
}
