import EventLoop
import MailTypes
import TestKit
import Testing

@testable import DNS

@Suite(.timeLimit(.minutes(10))) struct ScriptedResolverTests {
  @Test func `it is a resolver`() throws {
    try ResolverContract { ScriptedResolver($0, on: $1) }.verify()
  }

  @Test func `a name without records of a type is there, and one without a script is not`() throws {
    let loop = try EventLoop()
    let resolver = ScriptedResolver(
      [try Asker.question("gone.example"): .noName, try Asker.question("broken.example"): .failed(.timeout)],
      on: loop)
    let asker = Asker(resolver, on: loop)
    #expect(try asker.ask("gone.example", .mx) == .noName)
    #expect(try asker.ask("broken.example", .mx) == .noRecords)
    #expect(try asker.ask("other.example") == .noName)
    #expect(resolver.asked == 3)
  }
}
