import Foundation
import Testing

extension EndToEnd {
  /// The units' SystemCallFilter, held against what the programs really call: systemd would kill them for the rest.
  @Suite struct SystemCallTests {
    @Test func `the service's filter lets through what the programs call`() async throws {
      let unit = try Project.text("etc/systemd/postern.service")
      let setting = try #require(unit.firstMatch(of: /\nSystemCallFilter=(.*)\n/))
      var allowed: Set<String> = []
      for name in setting.1.split(separator: " ") { allowed.formUnion(try await members(of: String(name))) }
      let run = try RunDirectory()
      let trace = run.path("trace")
      let strace = ["strace", "-f", "-qq", "-o", trace]
      try await Gateway.with(.posternd, options: .init(wrapper: strace), prepare: WireAccount.add) {
        gateway in
        let right = try await gateway.login()
        #expect(right == .ok, gateway.logs)
        _ = try await gateway.login(password: "x")
        // strace passes no TERM on.
        kill(try await gateway.part("posternd").pid, SIGTERM)
        try await eventually("it ends") { !gateway.process.isRunning }
      }
      let called = try RunDirectory.text(trace).split(separator: "\n")
        .compactMap { $0.firstMatch(of: /^\d+ +(\w+)\(/).map { String($0.1) } }
      #expect(called.contains("accept4"))
      #expect(Set(called).subtracting(allowed) == [])
    }

    /// The system calls of a set, sets within sets included; a call is itself.
    private func members(of name: String) async throws -> Set<String> {
      guard name.hasPrefix("@") else { return [name] }
      let lines = try await must("systemd-analyze", ["syscall-filter", name]).split(separator: "\n")
        .dropFirst()
      let names = lines.map { $0.trimmingCharacters(in: .whitespaces) }.filter {
        !$0.isEmpty && !$0.hasPrefix("#")
      }
      var members: Set<String> = []
      for name in names { members.formUnion(try await self.members(of: name)) }
      return members
    }
  }
}
