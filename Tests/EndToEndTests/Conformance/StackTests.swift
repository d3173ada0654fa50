import Testing

extension EndToEnd {
  /// What PAM says, and what the client hears (conformance checklist 16, 35, 36).
  @Suite struct StackTests {
    @Test(arguments: Daemon.allCases, StackCase.all)
    func `the stack decides`(_ daemon: Daemon, _ row: StackCase) async throws {
      guard let expected = row.reference.expected(of: daemon, ours: row.answer) else { return }
      try await Gateway.with(daemon) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(row.stack, for: "smtp")
      } _: { gateway in
        let answer = try await gateway.login()
        #expect(answer == expected, gateway.logs)
      }
    }

    /// The same outage under the stack that we ship and under the one that Debian would lead to.
    @Test(arguments: Daemon.ours)
    func `an unreadable password store is a passing fault under the shipped stack`(_ daemon: Daemon)
      async throws
    {
      try await Gateway.with(daemon) { etc in
        try WireAccount.add(to: etc)
        try etc.setStack(Project.text("pam.d/smtp"), for: "smtp")
        try etc.setStack("@include common-auth\n@include common-account\n", for: "imap")
        for name in ["common-auth", "common-account"] { try etc.copyStack(name) }
        try etc.makeShadowUnreadable()
      } _: { gateway in
        let shipped = try await gateway.login(service: "smtp")
        #expect(shipped == .closed, gateway.logs)
        let debians = try await gateway.login(service: "imap")
        #expect(debians == .no, gateway.logs)
      }
    }

    /// Item 36.
    @Test(arguments: Daemon.allCases)
    func `a module that isn't there stops the start, not the logins one by one`(_ daemon: Daemon) async throws
    {
      func prepare(_ etc: PrivateEtc) throws {
        try WireAccount.add(to: etc)
        try etc.setStack("auth required pam_nothere.so\naccount required pam_permit.so\n", for: "smtp")
      }
      guard !daemon.isReference else {
        try await Gateway.with(daemon, prepare: prepare) { gateway in
          let answer = try await gateway.login()
          #expect(answer == .no, gateway.logs)
        }
        return
      }
      let ended = await #expect(throws: Gateway.Ended.self) {
        try await Gateway.with(daemon, prepare: prepare) { _ in }
      }
      #expect(ended?.log.contains("pam_nothere.so") == true)
      #expect(ended?.status == 78)
    }
  }
}
