import Testing

extension EndToEnd {
  /// The delegation protocol, byte for byte.
  @Suite struct PolicyWireTests {
    @Test(arguments: PolicyDaemon.allCases, PolicyWireCase.all)
    func `the wire table`(_ daemon: PolicyDaemon, _ row: PolicyWireCase) async throws {
      guard let expected = row.reference.expected(of: daemon, ours: row.outcome) else { return }
      try await GreylistDaemon.with(daemon, options: .init(flags: row.flags)) { greylist in
        let client = try greylist.client()
        try await client.send(row.bytes)
        if row.ending == .halfCloses { try client.halfClose() }
        switch expected {
        case .closed(let replies): #expect(try await client.closed() == replies, greylist.logs)
        case .open(let replies):
          // What is asked next on this connection is answered next.
          let next = PolicyQuestion(recipient: "u@next.example")
          try await client.send(next.bytes)
          let all = try await client.replies(replies.count + 1)
          #expect(all == replies + [PolicyWireCase.greylisted(at: "next.example")], greylist.logs)
        }
      }
    }

    @Test(arguments: PolicyDaemon.allCases)
    func `a request may be cut anywhere`(_ daemon: PolicyDaemon) async throws {
      try await GreylistDaemon.with(daemon) { greylist in
        let client = try greylist.client()
        let request = PolicyQuestion().bytes
        for cut in 1..<request.count {
          try await client.send(Array(request[..<cut]))
          try await client.taken()
          try await client.send(Array(request[cut...]))
          #expect(try await client.replies(cut).count == cut, "cut after \(cut) bytes\n\(greylist.log)")
        }
        #expect(Set(client.replies) == [PolicyWireCase.greylisted(at: "lab.example")])
      }
    }

    /// Without the next request on its heels: of that, the real one forgets what came with the one before.
    @Test(arguments: PolicyDaemon.allCases, [1, 2, 3, 7, 64, 200])
    func `a request may come in pieces of any size`(_ daemon: PolicyDaemon, _ size: Int) async throws {
      let domains = (1...3).map { "\($0).example" }
      try await GreylistDaemon.with(daemon) { greylist in
        let client = try greylist.client()
        for (number, domain) in domains.enumerated() {
          try await client.send(PolicyQuestion(recipient: "u@\(domain)").bytes, inPiecesOf: size)
          let replies = try await client.replies(number + 1)
          #expect(replies == domains[...number].map(PolicyWireCase.greylisted), greylist.logs)
        }
      }
    }

    @Test(arguments: [(10, 1), (10, 64), (100, 1000), (1000, 1 << 20)])
    func `requests without waiting are answered in their order`(_ count: Int, _ size: Int) async throws {
      let domains = (1...count).map { "\($0).example" }
      try await GreylistDaemon.with(.posternd) { greylist in
        let client = try greylist.client()
        try await client.send(
          domains.flatMap { PolicyQuestion(recipient: "u@\($0)").bytes }, inPiecesOf: size)
        let replies = try await client.replies(domains.count)
        #expect(replies == domains.map(PolicyWireCase.greylisted), greylist.logs)
      }
    }
  }
}
