import Testing

@testable import Supervision

@Suite struct BackoffTests {
  @Test func `Who keeps failing waits twice as long each time, up to a limit`() {
    var backoff = Backoff()
    let waits = (0..<10).map { _ in backoff.wait(afterLife: .milliseconds(3), orderly: false) }
    #expect(
      waits.prefix(4) == [.milliseconds(50), .milliseconds(100), .milliseconds(200), .milliseconds(400)])
    #expect(waits.last == Backoff.longest)
  }

  @Test func `Who ends well but at once, again and again, doesn't keep the host busy`() {
    var backoff = Backoff()
    #expect(backoff.wait(afterLife: .milliseconds(9), orderly: true) == Backoff.shortest)
  }

  @Test(arguments: [(Duration.milliseconds(10), true), (.seconds(5), false)])
  func `Who did his share, or lived a while, is replaced at once`(life: Duration, orderly: Bool) {
    var backoff = Backoff()
    _ = backoff.wait(afterLife: .zero, orderly: false)
    #expect(backoff.wait(afterLife: life, orderly: orderly) == .zero)
    #expect(backoff.wait(afterLife: .zero, orderly: false) == Backoff.shortest)
  }
}
