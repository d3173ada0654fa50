import Glibc
import SystemCalls
import Testing

extension EndToEnd {
  /// F2 to F4: clients that are slow, silent or gone cost themselves, nobody else.
  @Suite struct ClientFaultTests {
    private static let options = Gateway.Options(deadline: "4s")
    private let login = Frame.login(WireAccount.login, WireAccount.password).bytes

    @Test func `a thousand silent clients slow nobody down, and are closed at the deadline`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let alone = try await slowest(of: 50, on: gateway)
        let began = ContinuousClock.now
        let silent = try HeldClients(1000, at: gateway.socket)
        let together = try await slowest(of: 50, on: gateway)
        #expect(together < alone + .milliseconds(50), "\(alone) before")
        #expect(silent.closedCount == 0, "their deadline has not come")
        try await eventually("all are closed", within: .seconds(6)) { silent.closedCount == 1000 }
        let took = ContinuousClock.now - began
        #expect(took > .seconds(4) && took < .seconds(6), "\(took)")
        let after = try await gateway.login()
        #expect(after == .ok, gateway.logs)
      }
    }

    @Test func `clients that never close after their answer are closed`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let clients = try HeldClients(500, at: gateway.socket, sending: login)
        try await eventually("all are closed", within: .seconds(4)) { clients.closedCount == 500 }
        let accepted = gateway.log.count(of: "result=accepted")
        #expect(accepted == 500, gateway.logs)
      }
    }

    @Test func `clients that leave at any byte leave nothing behind`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let front = try await ProcessFamily.complete(below: gateway.process.pid, workers: 5).front
        // postern-auth has all workers' sockets when each has been asked.
        _ = try await slowest(of: 10, on: gateway)
        let before = try DescriptorCount.of(front)
        for count in 0...login.count {
          let client = try MuxClient(gateway.socket)
          try client.send(Array(login.prefix(count)))
        }
        let answer = try await gateway.login()
        #expect(answer == .ok, gateway.logs)
        try await eventually("their descriptors are free") { try DescriptorCount.of(front) <= before }
      }
    }

    @Test func `a byte now and then doesn't lengthen the deadline`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let began = ContinuousClock.now
        let client = try MuxClient(gateway.socket)
        for byte in login.prefix(12) where ContinuousClock.now - began < .seconds(5) {
          try client.send([byte])
          // The client's own pace, no wait for anything.
          try await Task.sleep(for: .milliseconds(500))
        }
        let answer = try await client.answer()
        let took = ContinuousClock.now - began
        #expect(answer == .closed && took < .seconds(7), "\(took)")
        #expect(!gateway.log.contains("result="), "nothing was asked of a worker")
      }
    }

    private func slowest(of count: Int, on gateway: Gateway) async throws -> Duration {
      var times: [Duration] = []
      for _ in 0..<count {
        times.append(
          try await ContinuousClock().measure {
            let answer = try await gateway.login()
            #expect(answer == .ok, gateway.logs)
          })
      }
      // The 99th percentile of so few is their maximum; one of them may meet another test's load.
      return times.sorted()[count - 2]
    }
  }
}

extension String {
  /// How often `text` occurs.
  fileprivate func count(of text: String) -> Int { ranges(of: text).count }
}
