import Foundation
import Glibc
import SystemCalls
import TestKit
import Testing

extension EndToEnd {
  /// F44: every process has what the table of processes gives it, and nothing more.
  @Suite struct ProcessTableTests {
    private static let workers = 3
    private static let nobody: UInt32 = 65_534

    @Test func `started as root, each program has a user and rights of its own`() async throws {
      let accounts = try Accounts.required()
      let front = try #require(Account(named: accounts.front.login))
      let local = try #require(Account(named: accounts.local.login))
      let shadow = try #require(Account.group(named: "shadow"))
      let options = Gateway.Options(
        workers: Self.workers,
        settings: """
          [run]
          front = "\(accounts.front.login)"
          local = "\(accounts.local.login)"
          """)
      try await Gateway.with(.posternd, options: options, prepare: WireAccount.add) { gateway in
        let family = try await ProcessFamily.complete(below: gateway.process.pid, workers: Self.workers)
        // One login, since a process may open things when it first works.
        let answer = try await gateway.login()
        #expect(answer == .ok, gateway.logs)
        // Nor is it what it will be before it has said hello.
        try await gateway.idle(Self.workers)

        let supervisor = try ProcessStatus(of: family.supervisor)
        let own = supervisor.numbers("Groups").map { UInt32($0) }
        try ProcessRow(
          user: 0, group: 0, supplementary: own, capabilities: [.kill, .setgid, .setuid],
          forbidsNewPrivileges: false
        ).expect(of: family.supervisor, "posternd")
        try ProcessRow(user: front.uid, group: front.gid, supplementary: [], forbidsNewPrivileges: true)
          .expect(of: family.front, "postern-auth")
        for worker in family.workers {
          try ProcessRow(
            user: local.uid, group: local.gid, supplementary: [shadow], forbidsNewPrivileges: true,
            descriptors: [0, 1, 2, 3]
          ).expect(of: worker, "postern-worker")
        }
        for pid in family.all { try expectFewRights(of: pid) }
        try expectSocketsOfAddressFamilyUnix(family)
      }
    }

    @Test func `started without root, all have the caller's user and the same split`() async throws {
      let run = try RunDirectory()
      let group = "nogroup"
      let directory = try run.make("saslauthd", owner: "nobody", group: group)
      let options = Gateway.Options(workers: Self.workers, group: group)
      let settings = try Gateway.settings(in: run, at: directory, options: options)
      try run.own("control", owner: "nobody", group: group, mode: 0o755)
      let etc = try Gateway.etc(in: run, prepare: WireAccount.add)
      // As installed: this project may lie where nobody else can pass, root's home for one.
      let installation = Installation(in: run)
      try await installation.install()
      let command = etc.command(running: [
        "setpriv", "--reuid=\(Self.nobody)", "--regid=\(Self.nobody)", "--clear-groups",
        installation.posternd, "-c", settings,
      ])
      let asking = etc.command(running: [Project.program("postern"), "status", "--json", "-c", settings])
      let log = run.path("log")
      let posternd = try RunningProcess(
        command[0], Array(command.dropFirst()), output: log, errors: log)
      let family = try await ProcessFamily.complete(below: posternd.pid, workers: Self.workers)
      try await eventually("it serves") { posternd.log.contains("serving") }
      try await Gateway.idle(Self.workers) {
        try Gateway.numbers(in: await EndToEndTests.run(asking[0], Array(asking.dropFirst())))
      }
      let row = ProcessRow(
        user: Self.nobody, group: Self.nobody, supplementary: [], forbidsNewPrivileges: true)
      try row.expect(of: family.supervisor, "posternd")
      try row.expect(of: family.front, "postern-auth")
      for worker in family.workers {
        var row = row
        row.descriptors = [0, 1, 2, 3]
        try row.expect(of: worker, "postern-worker")
      }
      try expectSocketsOfAddressFamilyUnix(family)
      try await posternd.stop()
      #expect(posternd.exitStatus == 0, "\(posternd.log)")
    }

    /// Not even a set-uid program could give back what is out of the bounding set.
    private func expectFewRights(of pid: Int32) throws {
      let rights = try ProcessStatus(of: pid).capabilities("CapBnd")
      #expect(rights.isSubset(of: [5, 6, 7]), "pid \(pid)")
    }

    /// Each descriptor that is a socket stands in the kernel's list of unix sockets.
    private func expectSocketsOfAddressFamilyUnix(_ family: ProcessFamily) throws {
      for pid in family.all {
        let unix = try KernelFile.text("/proc/\(pid)/net/unix")
        for socket in try Self.sockets(of: pid) {
          #expect(unix.contains(" \(socket)"), "pid \(pid) has a socket that is no unix socket")
        }
      }
    }

    /// The inode numbers of the process's sockets.
    private static func sockets(of pid: Int32) throws -> [Substring] {
      try ProcessStatus(of: pid).descriptors().compactMap { number in
        guard let target = target(of: number, in: pid), target.hasPrefix("socket:[") else { return nil }
        return target.dropFirst("socket:[".count).dropLast()
      }
    }

    private static func target(of number: Int, in pid: Int32) -> String? {
      var buffer = [CChar](repeating: 0, count: 256)
      let count = readlink("/proc/\(pid)/fd/\(number)", &buffer, buffer.count)
      guard count > 0 else { return nil }
      return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }
}
