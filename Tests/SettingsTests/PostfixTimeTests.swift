import Testing

@testable import Settings

struct PostfixTimeTests {
  @Test(arguments: [
    ("10s", 10), ("5m", 300), ("2h", 7200), ("35d", 3_024_000), ("1w", 604_800), ("0", 0), ("007", 7),
  ])
  func `reads Postfix's notation`(text: String, seconds: Int) {
    #expect(PostfixTime.parse(text) == .seconds(seconds))
  }

  @Test(arguments: ["", "s", "-1", "+1", "1.5h", "1 h", "1H", "10ms", "99999999999", "١"])
  func `refuses anything else`(text: String) {
    #expect(PostfixTime.parse(text) == nil)
  }

  @Test(arguments: ["0s", "10s", "90s", "5m", "2h", "1d", "2w"])
  func `writes the shortest form`(text: String) throws {
    #expect(PostfixTime.format(try #require(PostfixTime.parse(text))) == text)
  }
}
