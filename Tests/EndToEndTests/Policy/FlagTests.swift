import Testing

extension EndToEnd {
  /// postgrey's options as Postfix sees them: the same dialogue with both daemons.
  @Suite struct FlagTests {
    @Test(arguments: PolicyDaemon.allCases, FlagCase.all)
    func `flags that change answers`(_ daemon: PolicyDaemon, _ row: FlagCase) async throws {
      try await GreylistDaemon.with(daemon, options: row.options) { greylist in
        let client = try greylist.client()
        for (number, step) in row.steps.enumerated() {
          switch step {
          case .ask(let question, let expected):
            let reply = PolicyMask.masked(try await client.ask(question))
            #expect(reply == expected, "step \(number)\n\(greylist.log)")
          case .retry(let question, let expected):
            let reply = PolicyMask.masked(try await greylist.passes(question, on: client))
            #expect(reply == expected, "step \(number)\n\(greylist.log)")
          }
        }
      }
    }

    /// Two daemons at once, so that both count the same seconds.
    @Test func `the log has the same lines`() async throws {
      let question = PolicyQuestion(queueID: "4ABC", instance: "1")
      let lines = question.lines
      let long = "\(String(repeating: "a", count: 60))@\(String(repeating: "long.", count: 50))example"
      let clients = "white.example\n"
      let flags = ["--delay=1", "--auto-whitelist-clients=1"]
      var logs: [PolicyDaemon: [String]] = [:]
      for daemon in PolicyDaemon.allCases {
        try await GreylistDaemon.with(daemon, options: .init(flags: flags, clients: clients)) { greylist in
          let client = try greylist.client()
          _ = try await client.ask(PolicyQuestion(name: "mx.white.example", sender: ""))
          _ = try await client.ask(PolicyQuestion(name: "100%.exämple", sender: "%s\u{1b}[2J@b.example"))
          _ = try await client.ask(PolicyQuestion(sender: long, recipient: long))
          _ = try await client.ask(question)
          _ = try await greylist.passes(question, on: client)
          _ = try await client.ask(question)
          try await client.send(PolicyQuestion.bytes(["garbage"] + lines.filter { !$0.hasPrefix("sender=") }))
          try await client.send(PolicyQuestion.bytes(["request=junk"]))
          try await eventually("it is logged") { greylist.log.contains("unrecognized") }
          logs[daemon] = Self.lines(of: greylist.log)
        }
      }
      #expect(logs[.posternd] == logs[.postgrey])
      #expect(logs[.posternd]?.count == 10)
    }

    /// Without those of the start and of retries; two tries in one second are both `reason=new`.
    private static func lines(of log: String) -> [String] {
      var lines: [String] = []
      for line in log.split(separator: "\n").map({ PolicyMask.masked(String($0)) }) {
        let isOfRequest = ["action=", "ignoring", "attribute", "unrecognized", "whitelisted"].contains {
          line.firstRange(of: $0) != nil
        }
        if isOfRequest, !line.contains("early-retry"), line != lines.last { lines.append(line) }
      }
      return lines
    }
  }
}

extension GreylistDaemon {
  /// What a request is answered with when it isn't put off any more; asks as often as it takes.
  func passes(_ question: PolicyQuestion, on client: PolicyClient) async throws -> String {
    let end = ContinuousClock.now + .patience
    while true {
      let reply = try await client.ask(question)
      guard reply.contains("reylisted") else { return reply }
      if ContinuousClock.now > end {
        throw NeverHappened(what: "\(question) passes", within: .patience)
      }
      // The sender's own pace; the delay is in whole seconds.
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}
