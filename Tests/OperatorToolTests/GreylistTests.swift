import ArgumentParser
import Control
import Testing

@testable import OperatorTool

@Suite struct GreylistTests {
  @Test(arguments: [
    ["list"], ["list", "--sender", "<>", "--limit", "10000", "--json"], ["show", "192.0.2.1", "", "u@lab"],
    ["allow", "example.org", "--for", "90"], ["allow", "a@b", "--recipient", "u@lab", "--for", "1d"],
    ["forget", "192.0.2.1", "<>", "u@lab"], ["forget", "--client", "::1"], ["stats"], ["unconfirmed"],
    ["unconfirmed", "--since", "2w", "--limit", "1"],
    ["show", "x", String(repeating: "é", count: 256), "u@lab"],
  ])
  func `takes what the service takes`(arguments: [String]) throws {
    _ = try PosternCommand.parseAsRoot(["greylist"] + arguments)
  }

  @Test(arguments: [
    ["list", "--limit", "0"], ["list", "--limit", "10001"], ["list", "more"], ["show", "192.0.2.1", "a@b"],
    ["allow"], ["allow", "a@b", "--for", "0"], ["allow", "a@b", "--for", "2d"],
    ["allow", "a@b", "--for", "ten"], ["forget"], ["forget", "192.0.2.1", "a@b"],
    ["forget", "192.0.2.1", "a@b", "u@lab", "--client", "::1"], ["unconfirmed", "--since", "0"],
    ["show", "x", String(repeating: "x", count: 513), "u@lab"],
  ])
  func `anything else is wrong usage`(arguments: [String]) {
    #expect {
      try PosternCommand.parseAsRoot(["greylist"] + arguments)
    } throws: {
      PosternCommand.exitCode(for: $0) == .validationFailure
    }
  }

  @Test func `a list is a table, and says when it isn't all`() {
    let text = GreylistText.triplets([
      Self.triplet("a@b.example", passed: 1), Self.triplet("", missing: 17), Self.triplet("c@d.example"),
      Self.end(more: 1),
    ])
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("FIRST") && lines[0].hasSuffix("NETWORK SENDER RECIPIENT"))
    #expect(lines[1].hasSuffix("passed        192.0.2.0 a@b.example u@lab"))
    #expect(lines[2].hasSuffix("waits 17s     192.0.2.0 <> u@lab"))
    #expect(lines[3].hasSuffix("may pass      192.0.2.0 c@d.example u@lab"))
    #expect(lines[4].hasPrefix("… and more"))
    #expect(GreylistText.triplets([Self.end(more: 0)]) == "none")
  }

  @Test func `a program gets all of it in one object`() throws {
    let text = try GreylistJSON.text(
      [Self.triplet("q\"\n/é", passed: 1), Self.note("n"), Self.end(more: 1)], lists: [.triplets])
    #expect(
      text == """
        {"more":true,"notes":["n"],"triplets":[{"first":1,"last":2,"missing":0,"network":"192.0.2.0",\
        "passed":true,"recipient":"u@lab","sender":"q\\"\\n/é"}]}
        """)
    #expect(
      try GreylistJSON.text([Self.end(more: 0)], lists: [.triplets])
        == "{\"more\":false,\"notes\":[],\"triplets\":[]}")
  }

  @Test(arguments: [
    ([], "<>"), (Array("zoë@example.org".utf8), "zoë@example.org"), ([0x61, 0x0A], "a%0A"),
    ([0x1B, 0x5B, 0x6D], "%1B%5Bm"), ([0xFF], "%FF"), (Array("a\u{202E}b".utf8), "a%E2%80%AEb"),
    (Array("a\u{85}".utf8), "a%C2%85"),
  ])
  func `a terminal gets no bytes that would steer it`(bytes: [UInt8], text: String) {
    #expect(GreylistText.name(bytes) == text)
  }

  private static func triplet(_ sender: String, passed: Int64 = 0, missing: Int64 = 0) -> ControlLine {
    var line = ControlLine("triplet")
    line.add("network", Array("192.0.2.0".utf8))
    line.add("sender", Array(sender.utf8))
    line.add("recipient", Array("u@lab".utf8))
    line.add("first", 1)
    line.add("last", 2)
    line.add("passed", passed)
    line.add("missing", missing)
    return line
  }

  private static func end(more: Int64) -> ControlLine {
    var line = ControlLine("end")
    line.add("more", more)
    return line
  }

  private static func note(_ text: String) -> ControlLine {
    var line = ControlLine("note")
    line.add("text", Array(text.utf8))
    return line
  }
}
