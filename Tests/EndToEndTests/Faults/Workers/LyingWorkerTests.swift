import Testing

extension EndToEnd {
  /// F22: a worker that says what it wasn't asked, or what no worker says, gets nobody in and is ended.
  @Suite struct LyingWorkerTests {
    @Test(arguments: LyingWorker.Lie.allCases)
    func `a lie accepts nobody and costs the liar its life`(_ lie: LyingWorker.Lie) async throws {
      let run = try RunDirectory()
      let options = Gateway.Options(
        workers: 1, deadline: "3s", posternd: try await LyingWorker(lie, in: run).posternd)
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        // Comes when postern-auth reports: it runs from here on.
        try await gateway.says("serving")
        let supervisor = gateway.process.pid
        let before = try ProcessTable.children(of: supervisor).filter { $0.name == "postern-auth" }
        for _ in 0..<3 {
          let answer = try await gateway.login()
          #expect(answer == lie.answer, gateway.logs)
        }
        let after = try ProcessTable.children(of: supervisor).filter { $0.name == "postern-auth" }
        #expect(before == after && after.count == 1, gateway.logs)
        #expect(!gateway.log.contains("result=accepted"), gateway.logs)
        try await gateway.says(lie == .exit ? "worker_died" : "a worker is ended")
      }
    }
  }
}
