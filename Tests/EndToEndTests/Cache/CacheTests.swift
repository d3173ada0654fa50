import Foundation
import Testing

extension EndToEnd {
  /// Accepted logins are remembered, and never longer than they are true.
  @Suite struct CacheTests {
    struct Case: CustomTestStringConvertible {
      let daemon: Daemon
      let mechanism: String
      let change: AccountChange
      var testDescription: String { "\(daemon) \(mechanism) \(change)" }

      static let all = [Daemon.posternd, .posterndAsSaslauthd].flatMap { daemon in
        AccountChange.allCases.flatMap { change in
          change.mechanisms.map { Case(daemon: daemon, mechanism: $0, change: change) }
        }
      }
    }

    private static func prepare(_ etc: PrivateEtc) throws {
      try WireAccount.add(to: etc)
      for stack in ["passwd", "common-password", "common-auth", "common-account"] { try etc.copyStack(stack) }
    }

    private static func options(_ mechanism: String = "pam") -> Gateway.Options {
      Gateway.Options(mechanism: mechanism, flags: ["-c", "-V"])
    }

    /// Checks 30 and 31: the next login after the program has returned.
    @Test(arguments: Case.all) func `a change on disk counts from the next login on`(testCase: Case)
      async throws
    {
      try await Gateway.with(
        testCase.daemon, options: Self.options(testCase.mechanism), prepare: Self.prepare
      ) { gateway in
        try await gateway.expectCached()
        try await testCase.change.make(in: gateway.etc)
        let answer = try await gateway.login()
        #expect(answer == .no, gateway.logs)
        guard testCase.change == .password else { return }
        let new = try await gateway.login(password: AccountChange.newPassword)
        #expect(new == .ok, gateway.logs)
        let old = try await gateway.login()
        #expect(old == .no, gateway.logs)
      }
    }

    @Test func `what differs in anything is asked for`() async throws {
      let options = Self.options()
      try await Gateway.with(.posternd, options: options, prepare: Self.prepare) { gateway in
        try await gateway.expectCached()
        let other = try await [
          gateway.login(password: "geheim-1"), gateway.login("alic", password: "eGeheim-1"),
          gateway.login(service: "imap", realm: "example.org"),
        ]
        #expect(other == [.no, .no, .ok], gateway.logs)
        #expect(gateway.log.occurrences(of: "cached=yes") == 1, gateway.logs)
      }
    }

    /// pam_unix has accepted and another module keeps the worker busy, when the password changes.
    @Test func `a check during which the password changes is not remembered`() async throws {
      let run = try RunDirectory()
      let sleeping = try await SleepingStack(in: run, login: WireAccount.login, seconds: 2)
      let lines = sleeping.stack.split(separator: "\n").map(String.init)
      let stack = [lines[1], lines[0], lines[2]].joined(separator: "\n") + "\n"
      try await Gateway.with(.posternd, options: Self.options()) { etc in
        try Self.prepare(etc)
        try etc.setStack(stack, for: "smtp")
      } _: { gateway in
        let client = try MuxClient(gateway.socket)
        try client.send(Frame.login(WireAccount.login, WireAccount.password).bytes)
        _ = try await sleeping.worker()
        try await AccountChange.password.make(in: gateway.etc)
        let first = try await client.answer()
        #expect(first == .ok, gateway.logs)
        let old = try await gateway.login()
        #expect(old == .no, gateway.logs)
      }
    }

    @Test func `what can't be watched is remembered until an operator says otherwise`() async throws {
      let run = try RunDirectory()
      let list = try run.write("\(WireAccount.login)\n", to: "list")
      let stack = "auth required pam_listfile.so item=user sense=allow onerr=fail file=\(list)\n"
      try await Gateway.with(.posternd, options: Self.options()) { etc in
        try Self.prepare(etc)
        try etc.setStack(stack + "account required pam_permit.so\n", for: "smtp")
      } _: { gateway in
        try await gateway.expectCached()
        try run.write("nobody\n", to: "list")
        let remembered = try await gateway.login()
        #expect(remembered == .ok, gateway.logs)
        let tool = try await gateway.postern(["cache", "flush", WireAccount.login])
        #expect(tool.status == 0 && tool.output.contains("1 login"), gateway.logs)
        let asked = try await gateway.login()
        #expect(asked == .no, gateway.logs)
      }
    }

    @Test(arguments: [Daemon.posternd, .posterndAsSaslauthd])
    func `without a cache every login is asked for`(daemon: Daemon) async throws {
      let options = Gateway.Options(flags: ["-V"], settings: "[auth.cache]\nlifetime = \"0\"")
      try await Gateway.with(daemon, options: options, prepare: Self.prepare) { gateway in
        for _ in 0..<3 {
          let answer = try await gateway.login()
          #expect(answer == .ok, gateway.logs)
        }
        #expect(!gateway.log.contains("cached=yes") && !gateway.log.contains("(cached)"), gateway.logs)
      }
    }

    @Test(arguments: [
      ("smtp", "", MuxAnswer.no), ("imap", "", .ok), ("smtp", "Example.ORG", .ok),
      ("pop", "example.org", .ok),
      ("imap", "other.example", .ok), ("pop", "other.example", .no),
    ])
    func `a realm's mechanisms go before a service's, these before everybody's`(
      service: String, realm: String, expected: MuxAnswer
    ) async throws {
      let settings = """
        [auth.service.imap]
        mechanisms = ["getpwent", "shadow"]
        [auth.realm."example.org"]
        mechanisms = ["shadow"]
        """
      try await Gateway.with(.posternd, options: Gateway.Options(settings: settings)) { etc in
        try WireAccount.add(to: etc)
        for service in ["smtp", "imap", "pop"] {
          try etc.setStack("auth required pam_deny.so\naccount required pam_permit.so\n", for: service)
        }
      } _: { gateway in
        let answer = try await gateway.login(service: service, realm: realm)
        #expect(answer == expected, gateway.logs)
      }
    }
  }
}

extension Gateway {
  /// Logs in twice, the second time without a mechanism.
  fileprivate func expectCached() async throws {
    for _ in 0..<2 {
      let answer = try await login()
      #expect(answer == .ok, logs)
    }
    try await says(daemon == .posternd ? "cached=yes" : "auth success (cached):")
  }
}

extension String {
  fileprivate func occurrences(of text: String) -> Int { components(separatedBy: text).count - 1 }
}
