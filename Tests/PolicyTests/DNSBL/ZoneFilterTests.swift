import Testing

@testable import Policy

struct ZoneFilterTests {
  @Test(
    arguments: [
      ("bl.example", nil), ("bl.example=127.0.0.2", [[127...127], [0...0], [0...0], [2...2]]),
      ("bl.example=127.0.0.[2..11]", [[127...127], [0...0], [0...0], [2...11]]),
      ("bl.example=127.0.[0..255].[1;3..4]", [[127...127], [0...0], [0...255], [1...1, 3...4]]),
      ("bl.example=127.[1].0.0", [[127...127], [1...1], [0...0], [0...0]]),
    ] as [(String, [[ClosedRange<UInt8>]]?)])
  func `a filter says which answers count`(text: String, octets: [[ClosedRange<UInt8>]]?) throws {
    let filter = try #require(ZoneFilter(text))
    #expect(filter.zone == "bl.example" && filter.octets == octets)
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
