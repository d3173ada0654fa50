import Testing

extension EndToEnd {
  /// F7, as long as it lasts: more logins than can be checked, one after the other.
  @Suite struct OverloadTests {
    private static let workers = 5
    private static let length = Faults.areLong ? Duration.seconds(60) : .seconds(12)
    /// Twelve times what the workers check in a deadline's time.
    private static let clients = 12 * 3 * workers

    @Test func `an overload that lasts keeps the workers checking, and ends none of them`() async throws {
      let run = try RunDirectory()
      let sleeper = try await SleepingStack(in: run, login: WireAccount.login, seconds: 1)
      let options = Gateway.Options(workers: Self.workers, deadline: "3s", settings: Gateway.uncached)
      try await Gateway.with(.posternd, options: options) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(sleeper.stack, for: "smtp")
      } _: { gateway in
        _ = try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
        let crowd = LoginCrowd(of: Self.clients, at: gateway.socket)
        let answers = try await crowd.logIn(for: Self.length)
        let checked = answers.count { $0 == .ok }
        let closed = answers.count { $0 == .closed }
        #expect(checked + closed == answers.count, gateway.logs)
        let possible = Self.workers * Int(Self.length.components.seconds)
        #expect(checked > possible / 2, "\(checked) of \(possible) that 1 s each allows\n\(gateway.logs)")
        #expect(closed > possible, "it is no overload: \(checked) of \(answers.count)")
        #expect(!gateway.log.contains("reason=worker_deadline"), gateway.logs)
      }
    }
  }
}
