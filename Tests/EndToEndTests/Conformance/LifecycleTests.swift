import Foundation
import Testing

extension EndToEnd {
  /// Starting, reloading and ending (conformance checklist 3, 14, 38 to 40).
  @Suite struct LifecycleTests {
    /// Item 3, roughly: how little they differ is EnumerationTests' affair.
    @Test(arguments: Daemon.ours)
    func `a wrong password and an unknown login take the same time`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        var wrong: [Duration] = []
        var unknown: [Duration] = []
        for _ in 0..<5 {
          wrong.append(try await ContinuousClock().measure { _ = try await gateway.login(password: "x") })
          unknown.append(try await ContinuousClock().measure { _ = try await gateway.login("nobody-here") })
        }
        // The grid that refusals come at has steps of a second.
        #expect((wrong + unknown).allSatisfy { $0 >= .seconds(1) }, "\(wrong) \(unknown)")
        let gap = wrong.sorted()[2] - unknown.sorted()[2]
        #expect(max(gap, .zero - gap) < .milliseconds(500), "\(wrong) \(unknown)")
      }
    }

    /// Item 14: the real one writes length and text apart, and a client that reads once gets half an answer.
    @Test(arguments: Daemon.ours)
    func `an answer is one write`(_ daemon: Daemon) async throws {
      let run = try RunDirectory()
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        let front = try await gateway.part("postern-auth")
        let trace = try RunningProcess(
          "strace",
          ["-p", "\(front.pid)", "-e", "trace=write,writev,sendto,sendmsg", "-o", run.path("trace")],
          output: run.path("strace.out"), errors: run.path("strace.out"))
        try await eventually("strace is attached") { trace.log.contains("attached") }
        _ = try await gateway.login()
        _ = try await gateway.login(password: "x")
        try await trace.stop(by: SIGINT)
        let text = try RunDirectory.text(run.path("trace"))
        #expect(text.firstRange(of: #""\0\2OK", 4"#) != nil, "\(text)")
        #expect(text.firstRange(of: #""\0\2NO", 4"#) != nil, "\(text)")
      }
    }

    /// Item 38.
    @Test(arguments: [Daemon.posternd])
    func `the socket has the mode and group of the configuration`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, options: .init(mode: "0620", group: "sasl")) { gateway in
        let attributes = try FileManager.default.attributesOfItem(atPath: gateway.socket)
        #expect(attributes[.posixPermissions] as? Int == 0o620)
        #expect(attributes[.groupOwnerAccountName] as? String == "sasl")
      }
    }

    /// Item 39.
    @Test(arguments: Daemon.ours)
    func `TERM lets the login in flight have its answer`(_ daemon: Daemon) async throws {
      let run = try RunDirectory()
      let sleeper = try await SleepingStack(in: run, login: WireAccount.login, seconds: 1)
      try await Gateway.with(daemon) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(sleeper.stack, for: "smtp")
      } _: { gateway in
        let client = try MuxClient(gateway.socket)
        try client.send(Frame.login(WireAccount.login, WireAccount.password).bytes)
        _ = try await sleeper.worker()
        gateway.process.signal(SIGTERM)
        let answer = try await client.answer()
        #expect(answer == .ok, gateway.logs)
        try await eventually("it ends") { !gateway.process.isRunning }
        #expect(gateway.process.exitStatus == 0, gateway.logs)
      }
    }

    @Test(arguments: Daemon.ours)
    func `nothing is left when it has ended`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        _ = try await gateway.part("postern-auth")
        _ = try await gateway.part("postern-worker")
        let below = try ProcessTable.descendants(of: gateway.process.pid).map(\.pid)
        try await gateway.process.stop()
        try await eventually("all end", within: .seconds(15)) { !below.contains(where: ProcessTable.isAlive) }
        #expect(!FileManager.default.fileExists(atPath: gateway.socket))
      }
    }

    /// Item 40; the real one ignores the signal.
    @Test(arguments: [Daemon.posternd])
    func `HUP takes over the new settings, or keeps the old ones`(_ daemon: Daemon) async throws {
      let options = Gateway.Options(services: ["imap"])
      try await Gateway.with(daemon, options: options, prepare: WireAccount.add) { gateway in
        let before = try await gateway.login()
        #expect(before == .no, gateway.logs)

        try gateway.rewriteSettings {
          $0.replacing("services = [\"imap\"]", with: "services = [\"imap\", \"smtp\"]")
        }
        gateway.process.signal(SIGHUP)
        try await gateway.answers(.ok)

        try gateway.rewriteSettings { $0.replacing("services =", with: "sevrices =") }
        gateway.process.signal(SIGHUP)
        try await gateway.says("services")
        let after = try await gateway.login()
        #expect(after == .ok, gateway.logs)
      }
    }

    /// The workers that come are those of the new mechanism, or every login would be a fault.
    @Test func `HUP changes the mechanism, and says what needs a restart`() async throws {
      let options = Gateway.Options(services: ["imap", "smtp"])
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        try await gateway.answers(.ok)
        try gateway.rewriteSettings {
          $0.replacing("mechanisms = [\"pam\"]", with: "mechanisms = [\"shadow\"]")
            .replacing("level = \"debug\"", with: "level = \"info\"")
        }
        gateway.process.signal(SIGHUP)
        try await gateway.says("needs a restart")
        try await gateway.says("reloaded")
        for _ in 0..<20 {
          let answer = try await gateway.login()
          #expect(answer == .ok, gateway.logs)
        }
        #expect(gateway.log.contains("mechanism=shadow"), gateway.logs)
      }
    }
  }
}
