import Foundation
import Glibc
import SystemCalls
import TestKit
import Testing

extension EndToEnd {
  /// Starting, reloading and ending with postgrey's command line.
  @Suite struct PostgreyLifecycleTests {
    private let question = PolicyQuestion(queueID: "4ABC", instance: "1")

    @Test(arguments: PolicyDaemon.allCases)
    func `--daemonize leaves the terminal, writes the pid file and logs to syslog`(
      _ daemon: PolicyDaemon
    ) async throws {
      let run = try RunDirectory()
      let postgrey = try await DetachedPostgrey(daemon, in: run)
      #expect(ProcessTable.entry(postgrey.pid)?.parent != getpid())
      _ = postgrey.dev.lines()
      let client = try PolicyClient(postgrey.socket)
      try await client.send(PolicyQuestion.bytes(["garbage"] + question.lines))
      #expect(try await client.replies(1) == [PolicyWireCase.greylisted(at: "lab.example")])
      try await client.send(PolicyQuestion.bytes(question.lines.filter { !$0.hasPrefix("sender=") }))
      try await client.send(PolicyQuestion.bytes(["request=junk"]))
      var lines: [String] = []
      try await eventually("it is logged") {
        lines += postgrey.dev.lines()
        return lines.contains { $0.contains("unrecognized") }
      }
      // Facility mail: 2 × 8, and the severity.
      #expect(
        lines == [
          "<20>TIME postgrey[PID]: ignoring garbage: <garbage>",
          "<21>TIME postgrey[PID]: 4ABC: action=greylist, reason=new, client_name=mx.example, "
            + "client_address=192.0.2.77, sender=a@b.example, recipient=u@lab.example",
          "<20>TIME postgrey[PID]: WARNING: attribute missing: sender",
          "<19>TIME postgrey[PID]: unrecognized request type: 'junk'",
        ])
      try await postgrey.stop()
    }

    @Test(arguments: PolicyDaemon.allCases)
    func `--syslog-facility and --quiet`(_ daemon: PolicyDaemon) async throws {
      let run = try RunDirectory()
      let postgrey = try await DetachedPostgrey(
        daemon, in: run, flags: ["--syslog-facility=local3", "--quiet"])
      _ = postgrey.dev.lines()
      let client = try PolicyClient(postgrey.socket)
      _ = try await client.ask(question)
      try await client.send(PolicyQuestion.bytes(["garbage"] + question.lines))
      _ = try await client.replies(2)
      var lines: [String] = []
      try await eventually("it is logged") {
        lines += postgrey.dev.lines()
        return !lines.isEmpty
      }
      #expect(lines == ["<156>TIME postgrey[PID]: ignoring garbage: <garbage>"], "19 × 8 + 4, no action")
      try await postgrey.stop()
    }

    @Test func `when it has ended neither socket, pid file nor process is left`() async throws {
      let run = try RunDirectory()
      let postgrey = try await DetachedPostgrey(.posternd, in: run)
      let below = try ProcessTable.descendants(of: postgrey.pid).map(\.pid)
      #expect(below.count == 1)
      try await postgrey.stop()
      try await eventually("all end", within: .seconds(15)) { !below.contains(where: ProcessTable.isAlive) }
      for path in [postgrey.socket, postgrey.pidFile] {
        #expect(!FileManager.default.fileExists(atPath: path), "\(path)")
      }
    }

    @Test func `the name postgrey is enough`() async throws {
      let run = try RunDirectory()
      try FileManager.default.createSymbolicLink(
        atPath: run.path("postgrey"), withDestinationPath: Project.program("posternd"))
      let version = try await EndToEndTests.run(run.path("postgrey"), ["--version"])
      #expect(version == Finished(status: 0, output: "postgrey 1.37\n", errors: ""))
      try await GreylistDaemon.with(.posternd, options: .init(program: [run.path("postgrey")])) { greylist in
        let reply = try await greylist.client().ask(question)
        #expect(reply == PolicyWireCase.greylisted(at: "lab.example"), greylist.logs)
      }
    }

    @Test(arguments: PolicyDaemon.allCases)
    func `HUP rereads the whitelists and keeps what is known`(_ daemon: PolicyDaemon) async throws {
      try await GreylistDaemon.with(daemon, options: .init(flags: ["--delay=1"])) { greylist in
        let client = try greylist.client()
        let known = PolicyQuestion(recipient: "known@lab.example")
        _ = try await client.ask(known)
        _ = try await greylist.passes(known, on: client)

        let friend = PolicyQuestion(client: "198.51.100.1", name: "mx.friend.example")
        #expect(try await client.ask(friend).hasPrefix("DEFER_IF_PERMIT"), greylist.logs)
        try greylist.run.write("friend.example\n", to: "whitelist_clients")
        greylist.process.signal(SIGHUP)
        // Each time another recipient, so that none of them gets in by waiting.
        var number = 0
        var reply = ""
        let end = ContinuousClock.now + .patience
        while reply != "DUNNO", ContinuousClock.now < end {
          number += 1
          reply = try await client.ask(
            PolicyQuestion(name: "mx.friend.example", recipient: "\(number)x@lab.example"))
        }
        #expect(reply == "DUNNO", greylist.logs)
        #expect(try await client.ask(known) == "DUNNO", greylist.logs)
      }
    }

    @Test(arguments: PolicyDaemon.allCases, PolicyDaemon.allCases)
    func `a second instance is refused, whoever runs already`(
      _ first: PolicyDaemon, _ second: PolicyDaemon
    ) async throws {
      try await GreylistDaemon.with(first) { greylist in
        let command = try GreylistDaemon.command(
          second, in: greylist.run, at: greylist.run.path("other"), options: .init())
        let finished = try await EndToEndTests.run(command[0], Array(command.dropFirst()))
        #expect(finished.status == EAGAIN, "\(finished)")
        let line = "ERROR: locked: \(greylist.run.path("greylist.db"))/postgrey.lock"
        #expect(finished.errors.split(separator: "\n").contains { $0 == line }, "\(finished)")
        #expect(try await greylist.client().ask(question).hasPrefix("DEFER_IF_PERMIT"), greylist.logs)
      }
    }

    /// The real one takes the socket away from whoever has it.
    @Test func `a socket that somebody serves is left alone`() async throws {
      let elsewhere = try RunDirectory()
      try await GreylistDaemon.with(.posternd) { greylist in
        let command = try GreylistDaemon.command(
          .posternd, in: elsewhere, at: greylist.socket, options: .init())
        let finished = try await EndToEndTests.run(command[0], Array(command.dropFirst()))
        #expect(finished.status == 1)
        #expect(finished.errors == "ERROR: another instance serves \(greylist.socket)\n")
        #expect(try await greylist.client().ask(question).hasPrefix("DEFER_IF_PERMIT"), greylist.logs)
      }
    }

    @Test(arguments: PolicyDaemon.allCases)
    func `who was killed leaves a socket that the next one replaces`(_ daemon: PolicyDaemon) async throws {
      let run = try RunDirectory()
      let first = try await GreylistDaemon(daemon, in: run)
      let service = try await first.answering()
      try await first.process.stop(by: SIGKILL)
      try await eventually("all is gone") { !ProcessTable.isAlive(service) }
      #expect(FileManager.default.fileExists(atPath: first.socket))
      let second = try await GreylistDaemon(daemon, in: run)
      #expect(try await second.client().ask(question).hasPrefix("DEFER_IF_PERMIT"), second.logs)
      try await second.stop()
    }

    @Test(arguments: PolicyDaemon.allCases)
    func `the socket is the user's and the group's, with the mode that was asked for`(
      _ daemon: PolicyDaemon
    ) async throws {
      let options = GreylistDaemon.Options(flags: ["--socketmode=0660", "--group=postfix"])
      try await GreylistDaemon.with(daemon, options: options) { greylist in
        let attributes = try FileManager.default.attributesOfItem(atPath: greylist.socket)
        #expect(attributes[.posixPermissions] as? Int == 0o660)
        #expect(attributes[.ownerAccountName] as? String == "postgrey")
        #expect(attributes[.groupOwnerAccountName] as? String == "postfix")
      }
    }

    @Test(arguments: PolicyDaemon.allCases, ["", "127.0.0.1:", "localhost:", "*:"])
    func `--inet`(_ daemon: PolicyDaemon, _ host: String) async throws {
      let port = try Loopback.freePort()
      try await GreylistDaemon.with(daemon, options: .init(inet: "\(host)\(port)")) { greylist in
        let reply = try await greylist.client().ask(question)
        #expect(reply == PolicyWireCase.greylisted(at: "lab.example"), greylist.logs)
      }
    }

    /// A request that has come before the signal has its answer (checklist 13).
    @Test func `TERM ends it at once and cuts no answer short`() async throws {
      try await GreylistDaemon.with(.posternd) { greylist in
        let clients = try (0..<20).map { _ in try greylist.client() }
        for client in clients { #expect(try await client.ask(question).hasPrefix("DEFER_IF_PERMIT")) }
        for client in clients { try await client.send(question.bytes) }
        for client in clients { try await client.taken() }
        try await greylist.process.stop(within: .seconds(15))
        #expect(greylist.process.exitStatus == 0, greylist.logs)
        for client in clients {
          let replies = try await client.closed()
          #expect(replies == Array(repeating: PolicyWireCase.greylisted(at: "lab.example"), count: 2))
        }
      }
    }

    /// F44 for this service.
    @Test(arguments: [nil, "127.0.0.1"])
    func `each process has its user and no rights beyond its work`(_ host: String?) async throws {
      let postgrey = try #require(Account(named: "postgrey"))
      let inet = try host.map { "\($0):\(try Loopback.freePort())" }
      try await GreylistDaemon.with(.posternd, options: .init(inet: inet)) { greylist in
        _ = try await greylist.client().ask(question)
        let supervisor = greylist.process.pid
        let service = try await greylist.answering()
        #expect(try ProcessTable.descendants(of: supervisor).map(\.pid) == [service])
        let own = try ProcessStatus(of: supervisor).numbers("Groups").map { UInt32($0) }
        try ProcessRow(
          user: 0, group: 0, supplementary: own, capabilities: [.kill, .setgid, .setuid],
          forbidsNewPrivileges: false
        ).expect(of: supervisor, "posternd")
        try ProcessRow(
          user: postgrey.uid, group: postgrey.gid, supplementary: [], forbidsNewPrivileges: true,
          threads: 2
        ).expect(of: service, "postern-policy")
        // Not even a set-uid program could give it more than these.
        #expect(try ProcessStatus(of: service).capabilities("CapBnd").isSubset(of: [5, 6, 7]))
      }
    }
  }
}
