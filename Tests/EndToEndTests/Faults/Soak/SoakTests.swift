import Foundation
import Testing

extension EndToEnd {
  /// F48: everything at once, for long.
  @Suite struct SoakTests {
    private static let workers = 4
    private static let deadline = Duration.seconds(3)
    /// Twenty minutes, or as many seconds as POSTERN_SOAK says.
    private static let length: Duration = {
      let asked = ProcessInfo.processInfo.environment["POSTERN_SOAK"].flatMap { Int($0) }
      return .seconds(asked ?? (Faults.areLong ? 1200 : 5))
    }()
    /// In a short run each worker has to come near the end of its share.
    private static let pace = Duration.milliseconds(Faults.areLong ? 200 : 100)
    private static let betweenReloads = min(.seconds(20), length / 4)
    private static let mostGrowth = 1 << 10  // kB

    @Test func `hours of mixed load, reloads and recycling leave no trace`() async throws {
      let options = Gateway.Options(workers: Self.workers, deadline: "3s", settings: Gateway.uncached)
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        let family = try await family(of: gateway)
        try await MixedBurst(at: gateway.socket, deadline: Self.deadline).expectNoFaults(gateway)
        let quiet = try await settledDescriptors(family, gateway)
        try await expectNoGrowth(of: family, gateway)
        let after = try await self.family(of: gateway)
        #expect(after.front == family.front, gateway.logs)
        // By the number of their checks, which a short run doesn't come to.
        if Faults.areLong { #expect(Set(after.workers).isDisjoint(with: family.workers)) }
        let left = try await settledDescriptors(after, gateway)
        #expect(left == quiet, "descriptors of postern-auth and posternd")
        let status = try await gateway.status()
        #expect(status["workers_lost"] == 0, gateway.logs)
      }
    }

    /// Puts the load on, and looks at memory all the while.
    private func expectNoGrowth(of family: ProcessFamily, _ gateway: Gateway) async throws {
      var trends = [MemoryTrend(of: family.front), MemoryTrend(of: family.supervisor)]
      var waiting: [MixedBurst] = []
      var reloads = 0
      let began = ContinuousClock.now
      while ContinuousClock.now - began < Self.length {
        waiting.append(try MixedBurst(at: gateway.socket, deadline: Self.deadline))
        // The load's own pace.
        try await Task.sleep(for: Self.pace)
        for burst in waiting { burst.read() }
        if let due = waiting.first?.due, due < .now {
          try await waiting.removeFirst().expectNoFaults(gateway)
        }
        for index in trends.indices { try trends[index].sample() }
        if ContinuousClock.now - began > Self.betweenReloads * (reloads + 1) {
          reloads += 1
          try change(gateway, workers: Self.workers + reloads % 2, caches: reloads % 4 == 1)
          gateway.process.signal(SIGHUP)
        }
      }
      for burst in waiting { try await burst.expectNoFaults(gateway) }
      try change(gateway, workers: Self.workers, caches: false)
      try await gateway.reload()
      for (trend, name) in zip(trends, ["postern-auth", "posternd"]) {
        #expect(abs(trend.growth) <= Self.mostGrowth, "\(name): \(trend.growth) kB")
        if Faults.areLong { print("F48: \(Self.length), \(reloads) reloads, \(name) \(trend.growth) kB") }
      }
    }

    /// More workers or fewer, with the cache or without.
    private func change(_ gateway: Gateway, workers: Int, caches: Bool) throws {
      try gateway.rewriteSettings {
        $0.replacing(/workers = [0-9]+/, with: "workers = \(workers)")
          .replacing(/lifetime = .*/, with: "lifetime = \"\(caches ? "60s" : "0")\"")
      }
    }

    private func family(of gateway: Gateway) async throws -> ProcessFamily {
      try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
    }

    /// How many postern-auth and posternd have, once nothing is under way and every worker has said hello.
    private func settledDescriptors(_ family: ProcessFamily, _ gateway: Gateway) async throws -> [Int] {
      let end = ContinuousClock.now + .seconds(15)
      while ContinuousClock.now < end {
        let status = try await gateway.status()
        if status["connections"] == 0, status["workers_idle"] == Self.workers { break }
      }
      return try [family.front, family.supervisor].map(DescriptorCount.of)
    }
  }
}

extension MixedBurst {
  fileprivate func expectNoFaults(_ gateway: Gateway) async throws {
    let faults = try await faults()
    #expect(faults == [], gateway.logs)
  }
}
