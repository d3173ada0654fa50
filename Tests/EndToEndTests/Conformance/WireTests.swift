import Testing

extension EndToEnd {
  /// The mux socket, byte for byte (conformance checklist 1 to 15 and 37).
  @Suite struct WireTests {
    @Test(arguments: Daemon.allCases, WireCase.all)
    func `the wire table`(_ daemon: Daemon, _ row: WireCase) async throws {
      guard let expected = row.reference.expected(of: daemon, ours: row.answer) else { return }
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        let answer = try await gateway.answer(to: row)
        #expect(answer == expected, gateway.logs)
      }
    }

    /// Item 7.
    @Test(arguments: Daemon.allCases)
    func `a request may come in two parts, cut anywhere`(_ daemon: Daemon) async throws {
      let request = Frame.login(WireAccount.login, WireAccount.password, realm: "example.org").bytes
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        for cut in 1..<request.count {
          let client = try MuxClient(gateway.socket)
          try client.send(Array(request[..<cut]))
          try await client.taken()
          try client.send(Array(request[cut...]))
          let answer = try await client.answer()
          #expect(answer == .ok, "cut after \(cut) bytes\n\(gateway.log)")
        }
      }
    }

    /// Item 7, the other extreme.
    @Test(arguments: Daemon.allCases)
    func `a request may come byte by byte`(_ daemon: Daemon) async throws {
      try await Gateway.with(daemon, prepare: WireAccount.add) { gateway in
        let client = try MuxClient(gateway.socket)
        for byte in Frame.login(WireAccount.login, WireAccount.password).bytes {
          try client.send([byte])
          try await client.taken()
        }
        let answer = try await client.answer()
        #expect(answer == .ok, gateway.logs)
      }
    }
  }
}

extension Gateway {
  /// Sends what a row of the wire table says, and reads to the end.
  func answer(to row: WireCase) async throws -> MuxAnswer {
    let client = try MuxClient(socket)
    try client.send(row.bytes)
    if row.ending == .halfCloses { try client.halfClose() }
    return try await client.answer()
  }
}
