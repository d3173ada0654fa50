import Testing

@testable import Control

@Suite struct ControlLineTests {
  @Test func `A line carries any bytes, and any number`() throws {
    var line = ControlLine("kind")
    line.add("all", (0...255).map(UInt8.init))
    line.add("none", [])
    line.add("least", Int64.min)
    line.add("most", Int64.max)
    let text = line.line
    #expect(text.utf8.dropLast().allSatisfy { (0x20...0x7E).contains($0) })
    let read = try #require(ControlLine(line: text.dropLast()))
    #expect(read == line)
    #expect(read.text("all") == (0...255).map(UInt8.init))
    #expect(read.number("most") == Int64.max)
    #expect(read.number("all") == nil && read.text("most") == nil && read.text("nothing") == nil)
  }

  @Test func `A line reads like this`() {
    var line = ControlLine("triplet")
    line.add("sender", Array("a b@c.example".utf8))
    line.add("first", 17)
    #expect(line.line == "triplet sender:a%20b@c.example first=17\n")
  }

  @Test(arguments: [
    "", " ", "kind ", "kind name", "kind =1", "kind name=", "kind name=x", "kind name=1.5", "kind name=+1",
    "kind name:a name=1", "kind name:%", "kind name:%4", "kind name:é", "kind name:%41", "kind name:%4g",
  ])
  func `What isn't a line is none`(text: String) {
    #expect(ControlLine(line: text) == nil)
  }

  @Test func `An answer takes no more than a connection does`() throws {
    var line = ControlLine("triplet")
    line.add("sender", Array(repeating: 0, count: 500))
    var answer = OperatorAnswer()
    while answer.add(line) {}
    #expect(answer.text.utf8.count <= OperatorAnswer.longest)
    #expect(answer.text.utf8.count > OperatorAnswer.longest - line.line.utf8.count)
    #expect(try OperatorAnswer.lines(of: answer.text) == Array(repeating: line, count: answer.count))
    #expect(throws: ControlError.malformed) { try OperatorAnswer.lines(of: "kind name\n") }
  }

  private static func line(_ number: Int64, length: Int) -> ControlLine {
    var line = ControlLine("decision")
    line.add("number", number)
    line.add("text", Array(repeating: UInt8(ascii: "x"), count: length))
    return line
  }

  /// Lengths of events, newest first, and how many of them are told.
  @Test(arguments: [
    ([], 0), ([100], 1), ([100, 200, 300], 3), ([30_000, 30_000, 30_000], 2), ([30_000, 40_000, 100], 1),
    ([70_000, 100], 0),
  ])
  func `Nothing older is told behind what has no room`(lengths: [Int], told: Int) throws {
    let events = lengths.indices.map { [Self.line(Int64($0), length: lengths[$0])] }
    let answer = OperatorAnswer(newestFirst: events)
    #expect(answer.count == told)
    #expect(
      try OperatorAnswer.lines(of: answer.text).map { $0.number("number") }
        == (0..<Int64(told)).reversed().map { $0 })
  }

  @Test func `Of one event that is too long its beginning is told`() throws {
    let steps = (0..<5).map { Self.line($0, length: 20_000) }
    let answer = OperatorAnswer(newestFirst: [steps, [Self.line(9, length: 1)]])
    #expect(try OperatorAnswer.lines(of: answer.text) == Array(steps.prefix(3)))
  }
}
