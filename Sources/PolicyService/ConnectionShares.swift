import SystemCalls

/// How many connections each user has, so that one can't take those of all others.
struct ConnectionShares {
  private let most: Int
  /// Root, and whom smtpd runs as.
  private let exempt: Set<UInt32>
  private var taken: [UInt32: Int] = [:]

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
}
