import Glibc
import Testing

extension EndToEnd {
  /// What a greylist that was stopped and started knows still, asked on the wire (conformance checklist 50).
  @Suite struct GreylistRestartTests {
    private static let options = GreylistDaemon.Options(flags: ["--delay=2", "--auto-whitelist-clients=1"])
    private static let waiting = PolicyQuestion(client: "192.0.2.1", sender: "waiting@b.example")
    private static let passed = PolicyQuestion(client: "198.51.100.1", sender: "passed@b.example")

    @Test func `whoever waits, has passed or is whitelisted by then stays so`() async throws {
      let run = try RunDirectory()
      let first = try await GreylistDaemon(.posternd, in: run, options: Self.options)
      let client = try first.client()
      #expect(try await client.ask(Self.passed).hasPrefix("DEFER_IF_PERMIT"), first.logs)
      let header = try await first.passes(Self.passed, on: client)
      #expect(header.hasPrefix("PREPEND X-Greylist: "), first.logs)
      #expect(try await client.ask(Self.waiting).hasPrefix("DEFER_IF_PERMIT"), first.logs)
      let asked = time(nil)
      try await first.stop()

      let second = try await GreylistDaemon(.posternd, in: run, options: Self.options)
      let next = try second.client()
      #expect(try await next.ask(Self.passed) == "DUNNO", second.logs)
      var other = Self.passed
      other.recipient = "other@lab.example"
      #expect(try await next.ask(other) == "DUNNO", "its client is whitelisted\n\(second.log)")
      // His delay began before the restart: he passes at the first try after it, which a new one wouldn't.
      try await eventually("his delay is over") { time(nil) >= asked + 2 }
      #expect(try await next.ask(Self.waiting).hasPrefix("PREPEND X-Greylist: delayed "), second.logs)
      try await second.stop()
    }
  }
}
