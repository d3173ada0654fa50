/// How many workers a service may have ended: one that was taken over can't keep the host busy with starts.
struct KillBudget: Equatable, Sendable {
  /// Kills that may come at once, and again within `period`.
  private(set) var most: Int
  static let period = Duration.seconds(10)

  private var spent = 0
  private var began: ContinuousClock.Instant?

  init(most: Int) { self.most = most }

  init(workers: Int) {
    self.init(most: 0)
    resize(forWorkers: workers)
  }

  /// Goes by another number of workers; what was spent stays spent.
  mutating func resize(forWorkers workers: Int) { most = max(20, workers * 4) }

  /// Takes one kill out of the budget; false when there is none left in this period.
  mutating func spend(now: ContinuousClock.Instant) -> Bool {
    if began.map({ now - $0 >= Self.period }) ?? true {
      began = now
      spent = 0
    }
    spent += 1
    return spent <= most
  }
}
