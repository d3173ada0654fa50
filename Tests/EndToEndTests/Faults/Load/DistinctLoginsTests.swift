import TestKit
import Testing

extension EndToEnd {
  /// F31: whoever tries names in bulk fills no table.
  @Suite struct DistinctLoginsTests {
    private static let rounds = Faults.areLong ? 80 : 4
    private static let inFlight = 250
    private static let mostGrowth = 8 << 10  // kB

    @Test func `names that nobody has leave nothing in postern-auth, and stop nobody`() async throws {
      try await Gateway.with(.posternd, prepare: WireAccount.add) { gateway in
        let front = try await ProcessFamily.complete(below: gateway.process.pid, workers: 5).front
        var before = 0
        for round in 0..<Self.rounds {
          let names = (0..<Self.inFlight).map { Frame.login("nobody-\(round)-\($0)", "wrong").bytes }
          let burst = try LoginBurst(names, at: gateway.socket)
          let friend = try await gateway.login()
          #expect(friend == .ok, gateway.logs)
          let endings = try await burst.settled(within: .seconds(12))
          #expect(endings.allSatisfy { $0.answer == .no }, gateway.logs)
          // What so many at once need is there from the first round on.
          let memory = try #require(try ProcessStatus(of: front).numbers("VmRSS").first)
          if round == 0 { before = memory }
          #expect(memory < before + Self.mostGrowth, "\(before) kB, in round \(round) \(memory) kB")
        }
        let status = try await gateway.status()
        #expect(status["logins_refused"] == Self.rounds * Self.inFlight && status["connections"] == 0)
      }
    }
  }
}
