import Testing

extension EndToEnd {
  /// What the logins' own suites expect of a daemon whose policy service is in trouble all the while.
  @Suite struct DisturbedLoginTests {
    private static let options = Gateway.Options(policies: [
      "recipient": .init(restrictions: "permit_mynetworks, reject_unauth_destination, check_greylist")
    ])

    @Test(arguments: Disturbance.allCases)
    func `the wire table is as ever`(_ disturbance: Disturbance) async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let front = try await gateway.part("postern-auth").pid
        let rounds = try await gateway.disturbed(by: disturbance) {
          for row in WireCase.all {
            let answer = try await gateway.answer(to: row)
            #expect(answer == row.answer, "\(row.testDescription)\n\(gateway.log)")
          }
        }
        #expect(rounds > 1)
        #expect(try await gateway.part("postern-auth").pid == front, "nobody else was troubled")
      }
    }

    @Test(arguments: Disturbance.allCases)
    func `libsasl is answered as ever`(_ disturbance: Disturbance) async throws {
      let run = try RunDirectory()
      let client = try await Compiler.client("sasl_checkpass", libraries: ["sasl2"], in: run)
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let rounds = try await gateway.disturbed(by: disturbance) {
          for _ in 0..<(Faults.areLong ? 20 : 3) { try await gateway.expectVerdicts(of: client) }
        }
        #expect(rounds > 0)
      }
    }

    @Test(arguments: Disturbance.allCases)
    func `remote users relay as ever`(_ disturbance: Disturbance) async throws {
      let accounts = try Accounts.required()
      try await MailHost.with(.posternd, options: Self.options) { host in
        let rounds = try await host.gateway.disturbed(by: disturbance) {
          let sent = try await host.expectRelaying(for: accounts.alice)
          try await host.expectPrograms(of: accounts.bob)
          let sessions = try await SMTPLib.send(
            to: host.postfix.chrooted, method: "PLAIN", login: accounts.alice.login,
            password: accounts.alice.password, parallel: 50)
          #expect(sessions.filter { $0.code == 235 && $0.isSent }.count == 50, host.logs)
          // Three of Python's programs relayed, too.
          let arrived = try await host.arrived(sent + 3 + 50).count
          #expect(arrived == sent + 3 + 50)
        }
        #expect(rounds > 1)
      }
    }
  }
}
