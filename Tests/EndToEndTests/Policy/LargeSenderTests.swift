import Testing

extension EndToEnd {
  /// Who retries from many addresses, on the wire, and after a restart.
  @Suite struct LargeSenderTests {
    private static let first = PolicyQuestion(
      client: "192.0.2.1", name: "out-1.mail.big.example", sender: "news@big.example")
    private static let second = PolicyQuestion(
      client: "198.51.100.77", name: "out-77.mail.big.example", sender: "news@big.example")
    private static let stranger = PolicyQuestion(
      client: "203.0.113.1", name: "mx.other.example", sender: "news@big.example")

    @Test func `the second try passes from another network, and not a stranger's`() async throws {
      let host = try RecipientList.prepare()
      try await RecipientList.with(host, greylist: "delay = \"1s\"") { socket in
        try await Self.waitOut(at: socket)
      }
      try await RecipientList.with(host, greylist: "delay = \"1s\"") { socket in
        #expect(try await RecipientList.ask(Self.stranger, at: socket) == "DEFER_IF_PERMIT")
        let passed = try await RecipientList.ask(Self.second, at: socket)
        #expect(passed == "DUNNO")
        let stats = try await run(
          Project.program("postern"), ["greylist", "stats", "--json", "--control", host.path("control")])
        #expect(stats.output.contains("\"client_organisation\":1"), "\(stats)")
        // The organisation's, both networks', and the stranger's.
        #expect(stats.output.contains("\"pools\":4"), "\(stats)")
      }
    }

    @Test func `large_senders = false and postgrey's flags switch it off`() async throws {
      let host = try RecipientList.prepare()
      try await RecipientList.with(host, greylist: "delay = \"1s\"\nlarge_senders = false") { socket in
        try await Self.waitOut(at: socket)
        let answer = try await RecipientList.ask(Self.second, at: socket)
        #expect(answer == "DEFER_IF_PERMIT")
      }
      try await GreylistDaemon.with(.posternd, options: .init(flags: ["--delay=1"])) { greylist in
        try await Self.waitOut(at: greylist.socket)
        let answer = try await RecipientList.ask(Self.second, at: greylist.socket)
        #expect(answer == "DEFER_IF_PERMIT")
      }
    }

    /// Tries from the first network until the delay is over.
    private static func waitOut(at socket: String) async throws {
      #expect(try await RecipientList.ask(first, at: socket) == "DEFER_IF_PERMIT")
      try await eventually("the delay is over") {
        try await RecipientList.ask(first, at: socket) != "DEFER_IF_PERMIT"
      }
    }
  }
}
