import MailTypes
import Testing

@testable import Policy

struct ZoneFilterTests {
  @Test(arguments: [
    ("bl.example", "127.0.0.2", true), ("bl.example=127.0.0.2", "127.0.0.2", true),
    ("bl.example=127.0.0.2", "127.0.0.3", false), ("bl.example=127.0.0.[2..11]", "127.0.0.11", true),
    ("bl.example=127.0.0.[2..11]", "127.0.0.12", false),
    ("bl.example=127.0.[0..255].[1;3..4]", "127.0.200.3", true),
    ("bl.example=127.0.[0..255].[1;3..4]", "127.0.200.2", false),
    ("bl.example=127.[1].0.0", "127.1.0.0", true),
  ])
  func `a filter says which answers count`(text: String, answer: String, matches: Bool) throws {
    let filter = try #require(ZoneFilter(text))
    guard case .v4(let bits) = try #require(IPAddress(answer)) else { return }
    #expect(filter.zone == "bl.example" && filter.matches(bits) == matches)
  }

  @Test(arguments: [
    "", "=127.0.0.1", "bl.example=", "bl.example=127.0.0", "bl.example=127.0.0.1.2", "bl.example=127.0.0.256",
    "bl.example=127.0.0.[2..1]", "bl.example=127.0.0.[2..", "bl.example=127.0.0.[]",
    "bl.example=127.0.0.[1,2]",
    "bl.example=127.0.0.[1]x", "bl.example=127.0.0.x[1]", "bl.example=127.0.0.[[1]]",
    "bl.example=127.0.0.1;2",
    "bl..example", "-x=1", "bl.example=127.0.0.[1;]", "bl.example=127.0.0.*",
  ])
  func `what is no filter is refused`(text: String) { #expect(ZoneFilter(text) == nil) }
}
