import Testing

extension EndToEnd {
  /// libsasl2 itself at our socket: what Postfix, Cyrus IMAP, slapd and Exim link.
  @Suite struct SASLLibraryTests {
    @Test(arguments: Daemon.allCases)
    func `libsasl tells right, wrong and fault apart`(_ daemon: Daemon) async throws {
      let run = try RunDirectory()
      let client = try await Compiler.client("sasl_checkpass", libraries: ["sasl2"], in: run)
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        try await gateway.expectVerdicts(of: client)
        try await gateway.stop()
        let fault = try await gateway.verdict(of: client, WireAccount.login, WireAccount.password)
        #expect(fault == SASLResult.fault)
      }
    }
  }
}

/// The result codes of libsasl2 that matter here, as the client prints them.
private enum SASLResult {
  static let right = "0\n"
  static let wrong = "-13\n"
  static let fault = "-1\n"
}

extension Gateway {
  /// Expects libsasl to take right for right and wrong for wrong; `client` is the compiled sasl_checkpass.c.
  func expectVerdicts(of client: String) async throws {
    let right = try await verdict(of: client, WireAccount.login, WireAccount.password)
    #expect(right == SASLResult.right, logs)
    let wrong = try await verdict(of: client, WireAccount.login, "x")
    #expect(wrong == SASLResult.wrong, logs)
    // libsasl cuts at the last @ and sends the realm apart.
    let realm = try await verdict(of: client, "\(WireAccount.login)@example.org", WireAccount.password)
    #expect(realm == SASLResult.right, logs)
  }

  fileprivate func verdict(of client: String, _ login: String, _ password: String) async throws -> String {
    try await must(client, [socket, "smtp", login, password])
  }
}
