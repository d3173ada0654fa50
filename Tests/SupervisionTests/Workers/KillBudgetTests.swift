import Testing

@testable import Supervision

@Suite struct KillBudgetTests {
  @Test func `Kills within a period are limited, and the next period has its own`() {
    var budget = KillBudget(most: 2)
    let start = ContinuousClock.Instant.now
    #expect((0..<3).map { _ in budget.spend(now: start) } == [true, true, false])
    #expect(budget.spend(now: start + .seconds(9)) == false)
    #expect(budget.spend(now: start + KillBudget.period) == true)
  }
}
