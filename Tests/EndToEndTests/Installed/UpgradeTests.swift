import Foundation
import Testing

extension EndToEnd {
  /// An administrator installs a new release while users log in.
  @Suite struct UpgradeTests {
    /// With -n 0 every login starts a worker of its own, from whatever file is there at that moment.
    @Test func `replacing the programs under load refuses nobody`() async throws {
      let run = try RunDirectory()
      let installation = Installation(in: run)
      try await installation.install()
      let options = Gateway.Options(workers: 0, posternd: installation.posternd)
      try await Gateway.with(.posterndAsSaslauthd, options: options, prepare: WireAccount.add) { gateway in
        var answers: [MuxAnswer] = []
        for _ in 0..<5 {
          let upgrade = try installation.begin()
          while upgrade.isRunning { answers.append(try await gateway.login()) }
          #expect(upgrade.exitStatus == 0, "\(upgrade.log)")
        }
        #expect(answers.contains(.ok))
        #expect(answers.allSatisfy { $0 == .ok || $0 == .closed }, "\(answers)\n\(gateway.log)")
        try await gateway.answers(.ok)
      }
    }
  }
}
