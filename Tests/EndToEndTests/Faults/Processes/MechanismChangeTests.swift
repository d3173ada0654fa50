import Glibc
import Testing

extension EndToEnd {
  /// Checklist 40: reloads while logins wait for a mechanism that the new workers don't have.
  @Suite struct MechanismChangeTests {
    /// Changes, one after the other; the last one brings the first state back.
    private static let changes = [
      ("workers = 5", "workers = 2"), ("mechanisms = [\"pam\"]", "mechanisms = [\"shadow\"]"),
      ("deadline = \"10s\"", "deadline = \"8s\""), ("workers = 2", "workers = 7"),
      ("mechanisms = [\"shadow\"]", "mechanisms = [\"shadow\", \"pam\"]"), ("workers = 7", "workers = 5"),
      ("deadline = \"8s\"", "deadline = \"10s\""),
      ("mechanisms = [\"shadow\", \"pam\"]", "mechanisms = [\"pam\"]"),
    ]
    private static let rounds = Faults.areLong ? 20 : 1
    /// More than there are workers: some wait, some are being checked, when the reload comes.
    private static let inFlight = 30

    @Test func `no login is lost by a reload, whatever it changes`() async throws {
      try await Gateway.with(.posternd, options: .init(settings: Gateway.uncached), prepare: WireAccount.add)
      { gateway in
        let front = try await ProcessFamily.complete(below: gateway.process.pid, workers: 5).front
        var reloads = 0
        for change in (0..<Self.rounds).flatMap({ _ in Self.changes }) {
          try gateway.rewriteSettings { $0.replacing(change.0, with: change.1) }
          var bursts = [try burst(at: gateway)]
          gateway.process.signal(SIGHUP)
          reloads += 1
          while gateway.log.ranges(of: "reloaded").count < reloads {
            let next = try burst(at: gateway)
            _ = try await next.settled(within: .seconds(12))
            bursts.append(next)
          }
          for burst in bursts { try await expectVerdicts(of: burst, gateway) }
        }
        #expect(ProcessTable.isAlive(front), gateway.logs)
        #expect(!gateway.log.contains("refused, the old one stays"), gateway.logs)
        _ = try await ProcessFamily.complete(below: gateway.process.pid, workers: 5)
      }
    }

    private func burst(at gateway: Gateway) throws -> LoginBurst {
      let right = Frame.login(WireAccount.login, WireAccount.password).bytes
      return try LoginBurst(Array(repeating: right, count: Self.inFlight), at: gateway.socket)
    }

    private func expectVerdicts(of burst: LoginBurst, _ gateway: Gateway) async throws {
      let endings = try await burst.settled(within: .seconds(12))
      #expect(endings.allSatisfy { $0.answer == .ok }, gateway.logs)
    }
  }
}
