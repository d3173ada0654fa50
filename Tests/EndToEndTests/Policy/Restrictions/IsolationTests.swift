import Foundation
import Glibc
import Testing

extension EndToEnd {
  /// One daemon with both services: what befalls the policy service is no matter to the logins.
  @Suite struct IsolationTests {
    private static let cases = [
      RestrictionCase("check_sender_access inline:{bad.test=REJECT}, permit_auth_destination, reject")
    ]
    private static let bad = SMTPProbe(sender: "a@bad.test")

    private func expectLogins(_ host: RestrictionHost, _ when: Comment) async throws {
      let right = try await host.gateway.login()
      #expect(right == .ok, when)
      let wrong = try await host.gateway.login(password: "geheim-1")
      #expect(wrong == .no, when)
    }

    /// Asks as a mail server does that comes again while it is put off.
    private func answers(_ host: RestrictionHost) async throws {
      try await eventually("Postfix has our answers again") {
        let reply = try SMTPDialogue(to: host.ours(0)).ask(Self.bad)
        #expect(reply.hasPrefix("554 5.7.1 ") || reply.hasPrefix("451 4.3.5 "), "\(reply)")
        return reply.hasPrefix("554 5.7.1 ")
      }
    }

    @Test func `killed again and again`() async throws {
      try await RestrictionHost.with(Self.cases) { host in
        for round in 1...3 {
          let service = try await host.gateway.part("postern-policy").pid
          kill(service, SIGKILL)
          try await expectLogins(host, "killed, round \(round)")
          try await answers(host)
          #expect(try await host.gateway.part("postern-policy").pid != service)
        }
        // Mail that was taken is in the queue.
        let session = try SMTPDialogue(to: host.ours(0))
        let taken = try session.deliver(SMTPProbe())
        #expect(taken.contains("queued as"), host.logs)
        let id = try #require(taken.split(separator: " ").last)
        #expect(try await must("postqueue", ["-c", host.run.path("conf"), "-p"]).contains(id))
      }
    }

    @Test func `stopped, and let go on`() async throws {
      try await RestrictionHost.with(Self.cases) { host in
        try await answers(host)
        let service = try await host.gateway.part("postern-policy").pid
        kill(service, SIGSTOP)
        try await expectLogins(host, "stopped")
        kill(service, SIGCONT)
        try await answers(host)
      }
    }

    @Test func `flooded with requests that nobody waits for`() async throws {
      try await RestrictionHost.with(Self.cases) { host in
        let flood = try (0..<10).map { _ in try Flood(host.run.path("queue/postern/case0")) }
        let requests = Array(repeating: PolicyQuestion().bytes, count: 200).flatMap(\.self)
        var sent = 0
        for _ in 0..<4 {
          for client in flood { sent += client.push(requests) }
          try await expectLogins(host, "flooded")
        }
        #expect(sent > 1 << 20)
        try await answers(host)
      }
    }

    /// Keeps a client in a list.
    private final class Flood {
      private let client: PolicyClient
      init(_ path: String) throws { client = try PolicyClient(path) }
      /// Sends and reads what there is.
      func push(_ requests: [UInt8]) -> Int {
        _ = client.replies.count
        return client.push(requests[...])
      }
    }
  }
}
