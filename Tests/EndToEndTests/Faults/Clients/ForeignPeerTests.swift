import Glibc
import Testing

extension EndToEnd {
  /// F10: a socket that anybody can reach still serves only `allow_users`.
  @Suite struct ForeignPeerTests {
    @Test func `who isn't in allow_users is closed and logged, who is gets in`() async throws {
      let friend = try Accounts.required().bob.login
      try await Gateway.with(.posternd, options: .init(mode: "0666"), prepare: WireAccount.add) { gateway in
        try gateway.rewriteSettings {
          $0.replacing("[auth]\n", with: "[auth]\nallow_users = [\"\(friend)\"]\n")
        }
        gateway.process.signal(SIGHUP)
        try await gateway.says("reloaded")

        let stranger = try await login(as: "nobody", at: gateway.socket)
        #expect(stranger.status != 0 && !stranger.output.contains("OK"), "\(stranger)")
        try await gateway.says("connection refused: not in allow_users")
        #expect(gateway.log.contains("uid=65534"), gateway.logs)
        #expect(!gateway.log.contains("result="), "nothing was read of it")

        let known = try await login(as: friend, at: gateway.socket)
        #expect(known.status == 0, "\(known)")
      }
    }

    private func login(as user: String, at socket: String) async throws -> Finished {
      try await run(
        "setpriv",
        [
          "--reuid=\(user)", "--clear-groups", "--regid=nogroup", Project.program("testauth"),
          WireAccount.login, WireAccount.password, "-s", "smtp", "-f", socket,
        ])
    }
  }
}
