import Glibc
import Testing

extension EndToEnd {
  /// A login that goes wrong costs that login and nothing else.
  @Suite struct FaultTests {
    @Test(arguments: Daemon.ours)
    func `a worker killed in mid-check costs one login`(_ daemon: Daemon) async throws {
      let run = try RunDirectory()
      let accounts = try Accounts.required()
      let (alice, bob) = (accounts.alice, accounts.bob)
      let sleeper = try await SleepingStack(in: run, login: alice.login, seconds: 30)
      try await MailHost.with(daemon) {
        try $0.setStack(sleeper.stack, for: "smtp")
      } _: { host in
        let listener = host.postfix.chrooted
        async let struck = Swaks.send(
          to: listener, method: "PLAIN", login: alice.login, password: alice.password)
        let worker = try await sleeper.worker()
        kill(worker, SIGKILL)
        let reply = try await struck.loginReply
        #expect(reply?.hasPrefix("454 4.7.0 Temporary authentication failure") == true, host.logs)
        for _ in 0..<8 {
          let next = try await Swaks.send(
            to: host.postfix.chrooted, method: "PLAIN", login: bob.login, password: bob.password)
          #expect(next.loginReply?.hasPrefix("235 ") == true, host.logs)
        }
      }
    }

    @Test func `a module that sleeps is ended at the deadline, and others don't notice`() async throws {
      let run = try RunDirectory()
      let accounts = try Accounts.required()
      let (alice, bob) = (accounts.alice, accounts.bob)
      let sleeper = try await SleepingStack(in: run, login: alice.login, seconds: 60)
      let options = Gateway.Options(deadline: "8s")
      try await MailHost.with(.posternd, options: options) {
        try $0.setStack(sleeper.stack, for: "smtp")
      } _: { host in
        let began = ContinuousClock.now
        let listener = host.postfix.chrooted
        async let struck = Swaks.send(
          to: listener, method: "LOGIN", login: alice.login, password: alice.password)
        let worker = try await sleeper.worker()
        let other = try await Swaks.send(
          to: host.postfix.chrooted, method: "PLAIN", login: bob.login, password: bob.password)
        #expect(other.loginReply?.hasPrefix("235 ") == true, host.logs)
        #expect(ContinuousClock.now - began < .seconds(8), "the other login waited for nothing")
        let reply = try await struck.loginReply
        let took = ContinuousClock.now - began
        #expect(reply?.hasPrefix("454 4.7.0 Temporary authentication failure") == true, host.logs)
        #expect(took > .seconds(7.9) && took < .seconds(20), "\(took)")
        // Not by its own timer.
        try await host.gateway.says("a worker is ended: it gave no answer in time")
        try await eventually("the hung worker goes", within: .seconds(15)) { !ProcessTable.isAlive(worker) }
      }
    }

    @Test func `a mechanism that is down is a passing fault, not a wrong password`() async throws {
      let alice = try Accounts.required().alice
      let down = "auth required pam_debug.so auth=authinfo_unavail\naccount required pam_unix.so\n"
      try await MailHost.with(.posternd) {
        try $0.setStack(down, for: "smtp")
      } _: { host in
        for method in ["PLAIN", "LOGIN"] {
          let session = try await Swaks.send(
            to: host.postfix.chrooted, method: method, login: alice.login, password: alice.password)
          #expect(
            session.loginReply?.hasPrefix("454 4.7.0 Temporary authentication failure") == true, host.logs)
        }
      }
    }

    /// Five such clients stop the real one dead.
    @Test(arguments: Daemon.ours)
    func `clients that say nothing block nobody`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, options: .init(workers: 2), prepare: WireAccount.add) { gateway in
        let silent = try SilentClients(20, at: gateway.socket)
        let answer = try await gateway.login()
        #expect(answer == .ok, gateway.logs)
        silent.leave()
      }
    }
  }
}
