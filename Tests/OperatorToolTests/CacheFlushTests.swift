import ArgumentParser
import Testing

@testable import OperatorTool

@Suite struct CacheFlushTests {
  @Test(arguments: ["alice", "alice@example.org", "zoë", "with a blank"])
  func `takes a login`(login: String) throws {
    let command = try #require(try PosternCommand.parseAsRoot(["cache", "flush", login]) as? CacheFlush)
    #expect(command.login == login)
  }

  @Test(arguments: ["", "a\nstop", "a\u{0}", String(repeating: "x", count: 5 << 10)])
  func `what would be another question is wrong usage, above all not a flush of everything`(login: String) {
    #expect {
      try PosternCommand.parseAsRoot(["cache", "flush", login])
    } throws: {
      PosternCommand.exitCode(for: $0) == .validationFailure
    }
  }

  @Test(arguments: [("forgotten=3\n", 3), ("forgotten=0\n", 0), ("forgotten=\n", nil), ("3\n", nil)])
  func `reads the number of logins`(answer: String, count: Int?) {
    #expect(CacheFlush.count(in: answer) == count)
  }
}
