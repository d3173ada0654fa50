import Glibc
import Testing

extension EndToEnd {
  /// F24: nothing survives the process that it belongs to, and what takes over serves.
  @Suite struct SuddenDeathTests {
    private static let workers = 3
    private static let options = Gateway.Options(workers: workers, deadline: "3s", settings: Gateway.uncached)

    @Test func `when postern-auth is killed its workers go and another takes over`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        for _ in 0..<3 {
          let family = try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
          kill(family.front, SIGKILL)
          try await expectGone([family.front] + family.workers)
          let answer = try await gateway.login()
          #expect(answer == .ok, gateway.logs)
        }
      }
    }

    @Test func `when postern-auth is killed during checks nobody gets in by it`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let seed = UInt64.random(in: 0..<1 << 32)
        let load = LoginLoad(at: gateway.socket, count: Faults.areLong ? 1000 : 200, seed: seed)
        async let outcome = load.run()
        for _ in 0..<4 {
          let family = try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
          kill(family.front, SIGKILL)
          try await expectGone([family.front] + family.workers)
        }
        let ended = try await outcome
        #expect(ended.wrong == [], "seed \(seed)\n\(gateway.log)")
        try await gateway.answers(.ok)
      }
    }

    @Test func `when posternd is killed everything goes, and the next one takes the socket over`()
      async throws
    {
      let run = try RunDirectory()
      let directory = try run.make("saslauthd")
      let first = try await Gateway(
        .posternd, in: run, at: directory, options: Self.options, prepare: WireAccount.add)
      let family = try await ProcessFamily.complete(below: first.process.pid, workers: Self.workers)
      kill(family.supervisor, SIGKILL)
      try await eventually("it ends") { !first.process.isRunning }
      try await expectGone(family.all)
      let second = try await Gateway(
        .posternd, in: try RunDirectory(), at: directory, options: Self.options, prepare: WireAccount.add)
      let answer = try await second.login()
      #expect(answer == .ok, second.logs)
      try await second.stop()
    }

    /// A module in the middle of a check doesn't see that everything else has gone; the kernel tells the worker.
    @Test func `when posternd is killed a worker in a check goes, too`() async throws {
      let run = try RunDirectory()
      let sleeper = try await SleepingStack(in: run, login: WireAccount.login, seconds: 60)
      var options = Self.options
      // The worker's own timer would end it after two of these.
      options.deadline = "20s"
      let gateway = try await Gateway(
        .posternd, in: run, at: try run.make("saslauthd"), options: options
      ) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(sleeper.stack, for: "smtp")
      }
      let client = try MuxClient(gateway.socket)
      try client.send(Frame.login(WireAccount.login, WireAccount.password).bytes)
      let worker = try await sleeper.worker()
      kill(gateway.process.pid, SIGKILL)
      try await eventually("it ends") { !gateway.process.isRunning }
      let answer = try await client.answer()
      #expect(answer == .closed)
      try await expectGone([worker])
    }

    private func expectGone(_ pids: [Int32]) async throws {
      try await eventually("all are gone", within: .seconds(15)) {
        !pids.contains(where: ProcessTable.isAlive)
      }
    }
  }
}
