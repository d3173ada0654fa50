import Foundation
import Testing

extension EndToEnd {
  /// A new configuration in the running daemon: who goes on, who is replaced, and what an operator is told.
  @Suite struct ReloadTests {
    @Test func `what no worker goes by leaves every worker at work`() async throws {
      let options = Gateway.Options(services: ["imap"])
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        let before = try await ProcessFamily.complete(below: gateway.process.pid, workers: 5)
        let refused = try await gateway.login()
        #expect(refused == .no, gateway.logs)
        try gateway.rewriteSettings { $0.replacing("[\"imap\"]", with: "[\"imap\", \"smtp\"]") }
        try await gateway.reload()
        let accepted = try await gateway.login()
        #expect(accepted == .ok, gateway.logs)
        #expect(try ProcessFamily(below: gateway.process.pid, workers: 5) == before, gateway.logs)
      }
    }

    @Test func `a right for one service starts workers for it and leaves the others at work`() async throws {
      try await Gateway.with(.posternd, options: .init(workers: 2), prepare: WireAccount.add) { gateway in
        let pid = gateway.process.pid
        let before = try await ProcessFamily.complete(below: pid, workers: 2)
        try gateway.rewriteSettings { $0 + "\n[auth.service.imap]\nallow_exec = true\n" }
        try await gateway.reload()
        var with = try await ProcessFamily.complete(below: pid, workers: 4)
        #expect(with.front == before.front && Set(with.workers).isSuperset(of: before.workers), gateway.logs)
        try await gateway.expectGoodLogins()

        for (old, new) in [("allow_exec", "allow_network"), ("allow_network", "allow_new_privileges")] {
          try gateway.rewriteSettings { $0.replacing(old, with: new) }
          try await gateway.reload()
          let crew = Set(with.workers).subtracting(before.workers)
          try await eventually("the workers with \(old) are replaced") {
            guard let now = try ProcessFamily(below: pid, workers: 4) else { return false }
            with = now
            return crew.isDisjoint(with: now.workers) && Set(now.workers).isSuperset(of: before.workers)
          }
          try await gateway.expectGoodLogins()
        }

        try gateway.rewriteSettings { $0.replacing("allow_new_privileges = true", with: "") }
        try await gateway.reload()
        let after = try await ProcessFamily.complete(below: pid, workers: 2)
        #expect(after == before, gateway.logs)
        try await gateway.expectGoodLogins()
        #expect(!gateway.log.contains("a process ended and is replaced"), gateway.logs)
      }
    }

    /// Every configuration of the round changes workers, some of them all.
    @Test func `reloads under load lose no login`() async throws {
      let options = Gateway.Options(workers: 2, deadline: "9s")
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        let front = try await gateway.part("postern-auth")
        try gateway.rewriteSettings { $0 + "\n[auth.cache]\nlifetime = \"0\"\n" }
        try await gateway.reload()
        let seed = UInt64.random(in: 0..<1 << 32)
        let load = LoginLoad(at: gateway.socket, count: Faults.areLong ? 2000 : 160, seed: seed)
        async let outcome = load.run()
        let rights = "\n[auth.service.smtp]\nallow_exec = true\n"
        var reloads = 0
        while await !load.isDone {
          let changes: [(String) -> String] = [
            { $0.replacing("workers = 2", with: "workers = 3") }, { $0 + rights },
            { $0.replacing("deadline = \"9s\"", with: "deadline = \"8s\"") },
            { $0.replacing("workers = 3", with: "workers = 2") }, { $0.replacing(rights, with: "") },
            { $0.replacing("deadline = \"8s\"", with: "deadline = \"9s\"") },
          ]
          try gateway.rewriteSettings(changes[reloads % changes.count])
          try await gateway.reload()
          reloads += 1
        }
        let ended = try await outcome
        #expect(ended.wrong == [] && ended.undecided == 0, "seed \(seed)\n\(ended)\n\(gateway.log)")
        #expect(reloads > 2 && ProcessTable.isAlive(front.pid), gateway.logs)
        #expect(!gateway.log.contains("a process ended and is replaced"), gateway.logs)
      }
    }

    @Test func `whoever asks during a reload gets the answer of the next one`() async throws {
      try await Gateway.with(.posternd, prepare: WireAccount.add) { gateway in
        try await gateway.says("serving")
        let (tool, settings) = (Project.program("postern"), gateway.settingsFile)
        let statuses = try await withThrowingTaskGroup(of: Int32.self) { group in
          for _ in 0..<6 {
            group.addTask { try await run(tool, ["reload", "-c", settings]).status }
          }
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 0, count: 6), gateway.logs)
        let count = gateway.log.components(separatedBy: "reloaded").count - 1
        #expect((1...6).contains(count), gateway.logs)
      }
    }

    @Test func `a line that is no request is answered by an error`() async throws {
      try await Gateway.with(.posternd) { gateway in
        try await gateway.says("serving")
        let client = try MuxClient("\(gateway.controlDirectory)/auth")
        try client.send(Array("halt\nstop\n".utf8))
        let answer = try await client.answer()
        #expect(answer == .other(Array("error=unknown request\n".utf8)))
        #expect(gateway.process.isRunning, "one question a connection")
      }
    }

    @Test func `a file with faults is refused with all of them, and the old one stays`() async throws {
      try await Gateway.with(.posternd, prepare: WireAccount.add) { gateway in
        try await gateway.says("serving")
        try gateway.rewriteSettings {
          $0.replacing("services =", with: "sevrices =").replacing("deadline = \"10s\"", with: "deadline = 0")
        }
        // As an operator meets it, and as the daemon does that is asked nevertheless.
        for arguments in [["reload"], ["reload", "--control", gateway.controlDirectory]] {
          let refused = try await gateway.postern(arguments)
          #expect(refused.status == 78, "\(refused)")
          #expect(refused.errors.contains("auth.sevrices"), "\(refused)")
          #expect(refused.errors.contains("auth.deadline"), "\(refused)")
        }
        try await gateway.says("the new configuration is refused, the old one stays")
        try await gateway.expectGoodLogins()
      }
    }

    @Test func `what the host lacks for a configuration is in the log after a plain SIGHUP`() async throws {
      try await Gateway.with(.posternd, prepare: WireAccount.add) { gateway in
        try await gateway.says("serving")
        try gateway.rewriteSettings { $0.replacing(/services = .*/, with: "services = [\"webmail\"]") }
        kill(gateway.process.pid, SIGHUP)
        try await gateway.says("the new configuration is refused, the old one stays")
        #expect(gateway.log.contains("no allowed service has a file in"), gateway.logs)
        #expect(gateway.log.contains("warning: the service webmail has no PAM file"), gateway.logs)
        try await gateway.expectGoodLogins()
      }
    }

    @Test func `nobody but root changes anything`() async throws {
      let user = try Accounts.required().alice.login
      try await Gateway.with(.posternd, prepare: WireAccount.add) { gateway in
        try await gateway.says("serving")
        for arguments in [["reload"], ["stop"], ["cache", "flush"], ["cache", "flush", WireAccount.login]] {
          let refused = try await gateway.postern(arguments, as: user)
          #expect(refused.status == 1, "\(arguments): \(refused)")
          #expect(refused.errors == "postern: the daemon refuses: only root may ask for this\n")
        }
        let status = try await gateway.postern(["status"], as: user)
        #expect(status.status == 0, "whoever is in the group may ask: \(status)")
        #expect(!gateway.log.contains("reloading") && gateway.process.isRunning, gateway.logs)
      }
    }

    @Test func `without a daemon there is nothing to reload, to stop or to flush`() async throws {
      try await Gateway.with(.posternd) { gateway in
        try await gateway.says("serving")
        try await gateway.process.stop()
        for arguments in [["reload"], ["stop"], ["cache", "flush"]] {
          let lost = try await gateway.postern(arguments)
          #expect(lost.status == 69, "\(arguments): \(lost)")
        }
      }
    }
  }
}

extension Gateway {
  /// Puts postern.toml in force, and returns when it is.
  func reload() async throws {
    let finished = try await postern(["reload"])
    #expect(finished.status == 0, "\(finished)\n\(log)")
  }

  /// A few logins of services with rights and without, all of which have to be accepted.
  func expectGoodLogins() async throws {
    for service in ["smtp", "imap", "smtp", "imap", "smtp", "imap"] {
      let answer = try await login(service: service)
      #expect(answer == .ok, logs)
    }
  }
}
