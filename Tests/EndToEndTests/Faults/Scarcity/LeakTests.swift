import TestKit
import Testing

extension EndToEnd {
  /// F21: a module that loses a MiB with every call.
  @Suite struct LeakTests {
    private static let workers = 2
    private static let inFlight = 50
    private static let bursts = Faults.areLong ? 100 : 8
    /// Above 64 MiB a worker leaves after its answer; a call's own needs come on top.
    private static let mostMemory = 68 << 10  // kB

    @Test func `workers leave before a leak fills them, and no login is lost`() async throws {
      let run = try RunDirectory()
      let module = try await Compiler.module("pam_fault", in: run)
      let stack = """
        auth required \(module) leak
        auth required pam_unix.so nodelay
        account required pam_unix.so

        """
      try await Gateway.with(.posternd, options: .init(workers: Self.workers, settings: Gateway.uncached)) {
        etc in
        try WireAccount.add(to: etc)
        try etc.setStack(stack, for: "smtp")
      } _: { gateway in
        let family = try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
        let watch = WorkerMemory(below: gateway.process.pid)
        async let peaks = watch.follow()
        let right = Frame.login(WireAccount.login, WireAccount.password).bytes
        for _ in 0..<Self.bursts {
          let burst = try LoginBurst(Array(repeating: right, count: Self.inFlight), at: gateway.socket)
          let endings = try await burst.settled(within: .seconds(12))
          #expect(endings.allSatisfy { $0.answer == .ok }, gateway.logs)
        }
        await watch.end()
        let seen = try await peaks
        let highest = seen.values.max() ?? 0
        #expect(highest < Self.mostMemory, "\(seen)")
        #expect(highest > 40 << 10, "the module leaks, or the test shows nothing: \(seen)")
        let logins = Self.bursts * Self.inFlight
        #expect(seen.count >= logins / 64, "\(seen.count) workers for \(logins) MiB")
        #expect(ProcessTable.isAlive(family.front), gateway.logs)
        if Faults.areLong { print("F21: \(logins) logins, \(seen.count) workers, at most \(highest) kB") }
      }
    }
  }
}
