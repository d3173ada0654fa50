import Testing

extension EndToEnd {
  /// libsasl2 itself at our socket: what Postfix, Cyrus IMAP, slapd and Exim link.
  @Suite struct SASLLibraryTests {
    /// The result codes of libsasl2 that matter here.
    private static let right = "0\n"
    private static let wrong = "-13\n"
    private static let fault = "-1\n"

    @Test(arguments: Daemon.allCases)
    func `libsasl tells right, wrong and fault apart`(_ daemon: Daemon) async throws {
      let run = try RunDirectory()
      let client = try await Compiler.client("sasl_checkpass", libraries: ["sasl2"], in: run)
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        func check(_ login: String, _ password: String) async throws -> String {
          try await must(client, [gateway.socket, "smtp", login, password])
        }
        #expect(try await check(WireAccount.login, WireAccount.password) == Self.right, gateway.logs)
        #expect(try await check(WireAccount.login, "x") == Self.wrong, gateway.logs)
        // libsasl cuts at the last @ and sends the realm apart.
        #expect(
          try await check("\(WireAccount.login)@example.org", WireAccount.password) == Self.right,
          gateway.logs)
        try await gateway.stop()
        #expect(try await check(WireAccount.login, WireAccount.password) == Self.fault)
      }
    }
  }
}
