import Testing

extension EndToEnd {
  /// The mechanism *shadow* (conformance checklist 32 to 34).
  @Suite struct ShadowTests {
    @Test(arguments: Daemon.allCases, ShadowCase.all)
    func `the line decides`(_ daemon: Daemon, _ row: ShadowCase) async throws {
      guard let expected = row.reference.expected(of: daemon, ours: row.answer) else { return }
      try await Gateway.with(daemon, options: .init(mechanism: "shadow")) { etc in
        try etc.add(WireAccount.login, uid: WireAccount.uid, shadow: row.line)
      } _: { gateway in
        let answer = try await gateway.login()
        #expect(answer == expected, gateway.logs)
        let wrong = try await gateway.login(password: "geheim-1")
        #expect(wrong == .no, gateway.logs)
      }
    }
  }
}
