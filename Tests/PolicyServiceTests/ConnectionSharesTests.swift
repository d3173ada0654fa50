import Testing

@testable import PolicyService

@Suite struct ConnectionSharesTests {
  @Test func `A user has his share and no more, until he gives some back`() {
    var shares = ConnectionShares(most: 2)
    var taken = [shares.take(1000), shares.take(1000), shares.take(1000), shares.take(1001)]
    #expect(taken == [true, true, false, true])
    shares.giveBack(1000)
    taken = [shares.take(1000), shares.take(1000)]
    #expect(taken == [true, false])
  }

  @Test func `Root has no share to exhaust, and what was never taken can't be given back`() {
    var shares = ConnectionShares(most: 1)
    let taken = (0..<100).map { _ in shares.take(0) }
    #expect(taken.allSatisfy { $0 })
    shares.giveBack(1000)
    let one = [shares.take(1000), shares.take(1000)]
    #expect(one == [true, false])
  }

  @Test func `That a user has had his share is told once a minute`() {
    var shares = ConnectionShares(most: 1)
    let start = ContinuousClock.now
    let told = [(0, 1000), (0, 1001), (1, 1000), (59, 1000), (60, 1000), (61, 1001), (62, 1000), (120, 1000)]
      .map { shares.isWorthTelling($0.1, now: start + .seconds($0.0)) }
    #expect(told == [true, true, false, false, true, true, false, true])
  }
}
