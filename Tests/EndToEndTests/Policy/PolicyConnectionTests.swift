import Glibc
import SystemCalls
import Testing

extension EndToEnd {
  /// Many connections, slow ones, and those of clients that misbehave.
  @Suite struct PolicyConnectionTests {
    private static let most = 400
    private let question = PolicyQuestion()
    private let greylisted = PolicyWireCase.greylisted(at: "lab.example")

    @Test func `beyond 400 connections a client waits until one is closed`() async throws {
      try DescriptorLimit.allow(Self.most + 1)
      try await GreylistDaemon.with(.posternd) { greylist in
        var clients: [PolicyClient] = []
        for number in 0..<Self.most {
          clients.append(try greylist.client())
          let reply = try await clients[number].ask(question)
          #expect(reply == greylisted, "\(number) \(greylist.log)")
        }
        let late = try greylist.client()
        try await late.send(question.bytes)
        // All others are served meanwhile, each by itself.
        for (number, client) in clients.enumerated() {
          let domain = "\(number).example"
          let reply = try await client.ask(PolicyQuestion(recipient: "u@\(domain)"))
          #expect(reply == PolicyWireCase.greylisted(at: domain))
        }
        #expect(late.replies.isEmpty && !late.isClosed)
        clients.removeLast()
        #expect(try await late.replies(1) == [greylisted], greylist.logs)
      }
    }

    @Test(arguments: [("nobody", "20 5"), ("postfix", "25 0")])
    func `of one user 20 connections are served, of Postfix all`(
      _ user: String, _ outcome: String
    ) async throws {
      try await GreylistDaemon.with(.posternd) { greylist in
        for _ in 0..<2 {
          let crowd = try await EndToEndTests.run(
            "setpriv",
            [
              "--reuid=\(user)", "--regid=nogroup", "--clear-groups", "python3", "-", greylist.socket, "25",
            ], input: try Project.text("Tests/EndToEndTests/Clients/policy_crowd.py"))
          // The second time too: who has left counts no more.
          #expect(crowd.output == "\(outcome)\n", "\(crowd)\n\(greylist.log)")
        }
        #expect(greylist.log.contains("a user has too many connections") == (user == "nobody"))
      }
    }

    @Test func `a client that never reads stops nobody and fills no memory`() async throws {
      try await GreylistDaemon.with(.posternd) { greylist in
        let other = try greylist.client()
        _ = try await other.ask(question)
        let service = try await greylist.answering()
        let before = try Self.residentKilobytes(service)
        let deaf = try greylist.client()
        var requests = question.bytes
        for _ in 0..<9 { requests += requests }
        var sent = 0
        // Until its socket takes nothing more though others have been answered since.
        while true {
          let more = deaf.push(requests[...])
          sent += more
          for _ in 0..<5 { #expect(try await other.ask(question) == greylisted, greylist.logs) }
          if more == 0, deaf.push(requests[...]) == 0 { break }
          try #require(sent < 64 << 20, "it goes on reading")
        }
        let after = try Self.residentKilobytes(service)
        #expect(after - before < 1024, "\(before) kB, then \(after) kB")
        // Each whole request of all that it sent is answered when it listens at last.
        let whole = sent / question.bytes.count
        #expect(try await deaf.replies(whole) == Array(repeating: greylisted, count: whole))
        #expect(!deaf.isClosed && whole > 200)
      }
    }

    @Test func `an answer is one write`() async throws {
      let run = try RunDirectory()
      try await GreylistDaemon.with(.posternd) { greylist in
        let client = try greylist.client()
        _ = try await client.ask(question)
        let trace = try RunningProcess(
          "strace",
          [
            "-p", "\(try await greylist.answering())", "-s", "200", "-e", "trace=write,writev,sendto,sendmsg",
            "-o", run.path("trace"),
          ], output: run.path("strace.out"), errors: run.path("strace.out"))
        try await eventually("strace is attached") { trace.log.contains("attached") }
        _ = try await client.ask(question)
        try await trace.stop(by: SIGINT)
        // Sockets are sent to: the log and the store's wake-up are written to.
        let writes = try RunDirectory.text(run.path("trace")).split(separator: "\n").filter {
          $0.hasPrefix("send")
        }
        #expect(writes.count == 1, "\(writes)")
        #expect(writes.first?.contains(#""action=\#(greylisted)\n\n""#) == true, "\(writes)")
      }
    }

    @Test func `clients that leave at any byte leave nothing behind`() async throws {
      try await GreylistDaemon.with(.posternd) { greylist in
        let steady = try greylist.client()
        _ = try await steady.ask(question)
        let service = try await greylist.answering()
        let before = try DescriptorCount.of(service)
        try await eventually("it says so") { greylist.log.contains("serving") }
        let lines = greylist.log.split(separator: "\n").count { !$0.hasPrefix("action=") }
        for count in 0..<question.bytes.count {
          try await greylist.client().send(Array(question.bytes.prefix(count)))
        }
        #expect(try await steady.ask(question) == greylisted, greylist.logs)
        try await eventually("their descriptors are free") { try DescriptorCount.of(service) <= before }
        // Checklist 9: nothing to say about it.
        #expect(
          greylist.log.split(separator: "\n").count { !$0.hasPrefix("action=") } == lines, greylist.logs)
      }
    }

    /// Postfix lets go of a connection after 300 seconds: until then it is served without a reconnect.
    @Test(.enabled(if: Faults.areLong, "it takes five minutes"))
    func `a connection may be idle for 299 seconds, and is closed a little later`() async throws {
      try await GreylistDaemon.with(.posternd) { greylist in
        let idle = try greylist.client()
        let silent = try greylist.client()
        #expect(try await idle.ask(question) == greylisted)
        // The client's own silence is the subject.
        try await Task.sleep(for: .seconds(299))
        #expect(!silent.isClosed && silent.replies.isEmpty)
        #expect(try await idle.ask(question) == greylisted, greylist.logs)
        #expect(try await silent.closed(within: .seconds(15)).isEmpty)
      }
    }

    private static func residentKilobytes(_ pid: Int32) throws -> Int {
      // Counted page by page: what the status says lags behind.
      let rows = try KernelFile.text("/proc/\(pid)/smaps_rollup").split(separator: "\n")
      let size = rows.first { $0.hasPrefix("Rss:") }?.split(separator: " ").dropFirst().first
      return try #require(size.flatMap { Int($0) })
    }
  }
}
