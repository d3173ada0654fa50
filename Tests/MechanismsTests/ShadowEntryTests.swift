import Credentials
import Testing

@testable import Mechanisms

@Suite struct ShadowEntryTests {
  private static let today = 20_000

  struct Case: CustomTestStringConvertible, Sendable {
    var entry: ShadowEntry
    var refusal: Refusal?

    init(lastChange: Int = -1, maximum: Int = -1, expires: Int = -1, refusal: Refusal?) {
      entry = ShadowEntry(hash: "", lastChange: lastChange, maximum: maximum, expires: expires)
      self.refusal = refusal
    }

    var testDescription: String {
      "changed \(entry.lastChange), good for \(entry.maximum), account until \(entry.expires)"
    }
  }

  @Test(
    arguments: [
      Case(refusal: nil),
      Case(expires: today, refusal: nil),
      Case(expires: today - 1, refusal: .accountExpired),
      Case(expires: 0, refusal: .accountExpired),
      Case(lastChange: today - 90, maximum: 90, refusal: nil),
      Case(lastChange: today - 91, maximum: 90, refusal: .passwordExpired),
      Case(lastChange: today - 91, refusal: nil),
      Case(maximum: 90, refusal: nil),
      Case(lastChange: 0, maximum: 99_999, refusal: nil),
      Case(lastChange: 0, maximum: 90, refusal: .passwordExpired),
      Case(lastChange: today, maximum: 0, refusal: nil),
      Case(lastChange: today + 5, maximum: 0, refusal: nil),
      Case(lastChange: .max, maximum: .max, refusal: nil),
      Case(lastChange: today - 91, maximum: 90, expires: today - 1, refusal: .accountExpired),
    ])
  func `Account and password expire on the days on which saslauthd 2.1.28 lets them`(_ example: Case) {
    #expect(example.entry.refusal(on: Self.today) == example.refusal)
  }
}
