import MailTypes
import TestKit
import Testing

extension EndToEnd {
  /// F37: servers that are silent, stammer or lie, none of which blocks mail or fills memory.
  @Suite struct FaultyNameServerTests {
    /// What a name server can do to a question about a name.
    struct Fault: Sendable {
      let words: String
      let reply: @Sendable (_ name: String) -> ScriptedReply

      init(_ words: String, _ reply: @escaping @Sendable (String) -> ScriptedReply) {
        self.words = words
        self.reply = reply
      }
    }

    private static func listed(_ name: String) -> ReplyRecord { ReplyRecord(name, .address("127.0.0.2")) }

    /// 55 kB of a message's 64.
    private static func many(_ name: String) -> [ReplyRecord] {
      (0..<1500).map { ReplyRecord(name, .address("127.1.\($0 / 256).\($0 % 256)")) }
    }

    /// A header that promises 10,000 records, and one of them.
    private static func boast(_ name: String) -> [UInt8] {
      [0x81, 0x80, 0, 1, 0x27, 0x10, 0, 0, 0, 0] + WireText.name(name) + [0, 1, 0, 1] + listed(name).wire
    }

    private static let faults = [
      Fault("SERVFAIL") { _ in .serverFailure }, Fault("REFUSED") { _ in .refused },
      Fault("silence") { _ in .silence },
      Fault("another id") { ScriptedReply([listed($0)], fault: .wrongID) },
      Fault("another question") { ScriptedReply([listed($0)], fault: .wrongQuestion) },
      Fault("another server") { ScriptedReply([listed($0)], fault: .wrongSource) },
      Fault("a cut header") { _ in ScriptedReply(fault: .bytes([0x81, 0x80])) },
      Fault("cut short, and over TCP too many") { ScriptedReply(many($0), fault: .truncated) },
      Fault("ten thousand records") { ScriptedReply(fault: .bytes(boast($0))) },
      Fault("aliases in a circle") {
        ScriptedReply([ReplyRecord($0, .alias("b.example")), ReplyRecord("b.example", .alias($0))])
      },
      Fault("a code that refuses") { ScriptedReply([ReplyRecord($0, .address("127.255.255.254"))]) },
      Fault("an address that is no code") { ScriptedReply([ReplyRecord($0, .address("203.0.113.9"))]) },
      Fault("a record too short") { ScriptedReply([ReplyRecord($0, .raw(type: 1, [127]))]) },
    ]

    private static func settings(_ server: NameServer, zones: [String], budget: String = "2s") -> String {
      """
      [dns]
      servers = ["\(server.endpoint)"]
      timeout = "1s"
      attempts = 1
      budget = "\(budget)"
      """ + zones.map { "\n[dns.zone.\"\($0)\"]\nprobe = false" }.joined()
    }

    @Test func `no fault of a name server blocks mail`() async throws {
      let server = NameServer()
      for (index, fault) in Self.faults.enumerated() {
        let name = "7.2.0.192.z\(index).example"
        server.answer(name, .a, fault.reply(name))
      }
      let last = "7.2.0.192.last.example"
      server.answer(last, .a, ScriptedReply([Self.listed(last)]))
      let zones = Self.faults.indices.map { "z\($0).example" } + ["last.example"]
      try await LookupService.with(
        zones.map { "reject_rbl_client \($0)" }, settings: Self.settings(server, zones: zones)
      ) { service in
        // All of them at once, and the one list behind them that is sound has its say.
        let answer = try service.ask("192.0.2.7")
        #expect(
          answer.hasPrefix("554 5.7.1 ") && answer.contains("using last.example"), "\(answer) \(service.logs)"
        )
        let asked = server.asked(last, .a)
        let again = try service.ask("192.0.2.7")
        #expect(again == answer)
        #expect(server.asked(last, .a) == asked, "the cache knows it")
        #expect(server.asked("7.2.0.192.z0.example", .a) > 1, "a fault isn't remembered")
        let other = try service.ask("192.0.2.8")
        #expect(other == "DUNNO", service.logs)
      }
    }

    @Test func `each by itself is no opinion, within the time that lookups have`() async throws {
      let server = NameServer()
      var rows: [String] = []
      for (index, fault) in Self.faults.enumerated() {
        let name = "\(index).2.0.192.z\(index).example"
        server.answer(name, .a, fault.reply(name))
        rows.append("{192.0.2.\(index) = reject_rbl_client z\(index).example}")
      }
      let table = "check_client_access inline:{\(rows.joined(separator: ", "))}"
      let settings = Self.settings(server, zones: Self.faults.indices.map { "z\($0).example" })
      try await LookupService.with([table], settings: settings) { service in
        for (index, fault) in Self.faults.enumerated() {
          let client = "192.0.2.\(index)"
          let start = ContinuousClock.now
          let answer = try service.ask(client)
          #expect(answer == "DUNNO", "\(fault.words): \(answer)")
          #expect(
            ContinuousClock.now - start < .seconds(8), "2 s, and what a busy machine takes: \(fault.words)")
          #expect(server.asked("\(index).2.0.192.z\(index).example", .a) > 0, "\(fault.words)")
          let explained = try await service.explain(client)
          #expect(
            explained.output.contains("reject_rbl_client z\(index).example: no opinion"),
            "\(fault.words): \(explained)")
        }
      }
    }

    @Test func `however many and large the answers are, memory stays bounded`() async throws {
      let server = NameServer()
      // Over TCP, and nothing of it may stay.
      server.answerOthers(ScriptedReply(Self.many("x.example"), fault: .truncated))
      let settings = Self.settings(server, zones: ["bad.example"])
      try await LookupService.with(["reject_rbl_client bad.example"], settings: settings) { service in
        let dialogue = try service.dialogue()
        func crowd(_ third: Int) throws {
          for number in 0..<250 {
            // An answer now and then, or the list would be taken for dead.
            if number % 4 == 0 {
              server.answer("\(number).\(third).1.10.bad.example", .a, .noName(zone: "bad.example"))
            }
            let answer = try dialogue.ask(PolicyQuestion(client: "10.1.\(third).\(number)"))
            #expect(answer == "DUNNO")
          }
        }
        try crowd(0)
        let before = try await service.memory()
        for third in 1...4 { try crowd(third) }
        let after = try await service.memory()
        #expect(server.connections > 900)
        #expect(after - before < 16 << 10, "\(before) kB, then \(after) kB after 1,000 large answers")
      }
    }
  }
}
