import Testing

extension EndToEnd {
  /// The mechanism *shadow* (conformance checklist 32 to 34).
  @Suite struct ShadowTests {
    /// All rows at once, each an account of its own: what is refused is kept waiting on purpose.
    @Test(arguments: Daemon.allCases)
    func `the line decides`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, options: .init(mechanism: "shadow")) { etc in
        for (number, row) in ShadowCase.all.enumerated() {
          try etc.add("user\(number)", uid: WireAccount.uid + number, shadow: row.line)
        }
      } _: { gateway in
        let answers = try await gateway.logins(
          ShadowCase.all.indices.map { ("user\($0)", WireAccount.password) })
        for (row, answer) in zip(ShadowCase.all, answers) {
          guard let expected = row.reference.expected(of: daemon, ours: row.answer) else { continue }
          #expect(answer == expected, "\(row.testDescription)\n\(gateway.log)")
        }
      }
    }

    @Test(arguments: Daemon.allCases)
    func `no line lets a wrong password in`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, options: .init(mechanism: "shadow")) { etc in
        for (number, row) in ShadowCase.all.enumerated() {
          try etc.add("user\(number)", uid: WireAccount.uid + number, shadow: row.line)
        }
      } _: { gateway in
        let answers = try await gateway.logins(ShadowCase.all.indices.map { ("user\($0)", "geheim-1") })
        for (row, answer) in zip(ShadowCase.all, answers) {
          #expect(answer == .no, "\(row.testDescription)\n\(gateway.log)")
        }
      }
    }
  }
}
