import Testing

@testable import PolicyService

@Suite struct StoreTroubleTests {
  @Test func `Trouble is told once a minute`() {
    var trouble = StoreTrouble()
    let start = ContinuousClock.now
    let told = [0, 1, 59, 60, 61, 119, 120].map { trouble.isWorthTelling(now: start + .seconds($0)) }
    #expect(told == [true, false, false, true, false, false, true])
  }
}
