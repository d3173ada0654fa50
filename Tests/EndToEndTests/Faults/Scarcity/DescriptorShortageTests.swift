import Testing

extension EndToEnd {
  /// F8: postern-auth at its limit of descriptors.
  @Suite struct DescriptorShortageTests {
    private static let limit = 64
    private static let clients = 200
    /// How long it lasts; the log may speak of it every ten seconds.
    private static let length = Duration.seconds(Faults.areLong ? 25 : 3)
    private static let trouble = "no connections are taken for the moment"

    @Test func `out of descriptors it rests, and serves as soon as some are free`() async throws {
      let options = Gateway.Options(workers: 2, deadline: "60s")
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        let front = try await ProcessFamily.complete(below: gateway.process.pid, workers: 2).front
        let before = try await gateway.login()
        #expect(before == .ok, gateway.logs)
        try await ResourceLimit.set("nofile", to: Self.limit, of: front)

        let silent = try HeldClients(Self.clients, at: gateway.socket)
        try await gateway.says(Self.trouble)
        let waiting = try OpenLogin(
          Frame.login(WireAccount.login, WireAccount.password).bytes, at: gateway.socket)
        let computed = try ProcessorTime.of(front)
        // The shortage's own length.
        try await Task.sleep(for: Self.length)
        let spent = try ProcessorTime.of(front) - computed
        #expect(spent < Self.length / 10, "\(spent) of the processor in \(Self.length)")
        #expect(try DescriptorCount.of(front) <= Self.limit)
        let lines = gateway.log.ranges(of: Self.trouble).count
        #expect(lines <= 1 + Int(Self.length.components.seconds) / 10, gateway.logs)
        waiting.read()
        #expect(waiting.ending == nil, "nobody is taken: this is no shortage otherwise")

        _ = consume silent
        try await eventually("who waited is served", within: .seconds(15)) {
          waiting.read()
          return waiting.ending?.answer == .ok
        }
        let after = try await gateway.login()
        #expect(after == .ok, gateway.logs)
        #expect(ProcessTable.isAlive(front), gateway.logs)
      }
    }

    /// A shell's low limit, which nobody can raise.
    @Test func `started with few descriptors it lets the silent give way to those who speak`() async throws {
      let options = Gateway.Options(
        workers: 2, deadline: "60s", wrapper: ["prlimit", "--nofile=\(Self.limit):\(Self.limit)"])
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        let front = try await ProcessFamily.complete(below: gateway.process.pid, workers: 2).front
        let silent = try HeldClients(Self.clients, at: gateway.socket)
        for _ in 0..<20 {
          let answer = try await gateway.login()
          #expect(answer == .ok, gateway.logs)
        }
        #expect(silent.closedCount > Self.clients / 2, "room was made")
        // What 220 connections cost is spent; those that stay cost nothing.
        let computed = try ProcessorTime.of(front)
        let began = ContinuousClock.now
        // The measured time's own length.
        try await Task.sleep(for: .seconds(2))
        let took = ContinuousClock.now - began
        let spent = try ProcessorTime.of(front) - computed
        #expect(spent < took / 10, "\(spent) of the processor in \(took)")
        #expect(try DescriptorCount.of(front) <= Self.limit)
        #expect(!gateway.log.contains(Self.trouble), gateway.logs)
      }
    }
  }
}
