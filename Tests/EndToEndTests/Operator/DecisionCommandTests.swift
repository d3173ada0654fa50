import Foundation
import Testing

extension EndToEnd {
  /// `postern explain` and `postern history`, asked of a running daemon.
  @Suite struct DecisionCommandTests {
    private static let table = "inline:{{bad.test=REJECT 5.7.9 no mail}}"
    private static let options = Gateway.Options(policies: [
      "recipient": .init(
        restrictions: """
          permit_mynetworks, permit_sasl_authenticated, check_sender_access \(table), check_greylist
          """)
    ])
    private static let stranger = [
      "explain", "--client", "192.0.2.77/mx.example", "--sender", "a@b.example",
      "--recipient", "u@lab.example",
    ]
    private static let greylisted =
      "4.2.0 Greylisted, see http://postgrey.schweikert.ch/help/lab.example.html"

    @Test func `explain tells every step, and changes nothing`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        for _ in 0..<2 {
          let lines = try await gateway.objects(Self.stranger)
          let steps = lines.filter { $0["kind"] as? String == "step" }
          #expect(
            steps.map { $0["text"] as? String } == [
              "permit_mynetworks: no opinion (192.0.2.77)", "permit_sasl_authenticated: no opinion",
              "check_sender_access \(Self.table): no opinion",
              "check_greylist: defers if permitted: 450 \(Self.greylisted) (new)",
            ])
          let decision = try #require(lines.last)
          #expect(decision["kind"] as? String == "decision" && lines.count == 5)
          #expect(decision["action"] as? String == "defer" && decision["code"] as? Int == 450)
          #expect(decision["dsn"] as? String == "4.2.0")
          // The whole takes at least as long as the step that waits.
          let waited = try #require(steps.last?["us"] as? Int)
          let whole = try #require(decision["us"] as? Int)
          #expect(whole >= waited && steps.dropLast().allSatisfy { $0["us"] == nil })
        }
        #expect(try await gateway.status()["greylist_triplets"] == 0)
        #expect(try await gateway.objects(["history"]).isEmpty, "it was nobody's request")
        let socket = gateway.policySocket("recipient")
        #expect(try await PolicyClient(socket).ask(PolicyQuestion()) == "DEFER_IF_PERMIT \(Self.greylisted)")
        let stats = try await gateway.postern(["greylist", "stats", "--json"])
        #expect(stats.output.contains("\"new\":1") && stats.output.contains("\"early_retry\":0"), "\(stats)")
        #expect(try await gateway.status()["greylist_triplets"] == 1)
      }
    }

    @Test func `explain shows on what a step rests`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let refused = try await gateway.postern(
          Self.stranger.map { $0 == "a@b.example" ? "a@sub.bad.test" : $0 })
        let lines = refused.output.split(separator: "\n")
        #expect(
          lines[2] == """
              check_sender_access \(Self.table): refuses: 554 5.7.9 no mail (inline:{{bad.test=REJECT 5.7.9 no \
            mail}}: bad.test → REJECT 5.7.9 no mail)
            """, "\(refused)")
        #expect(lines.count == 4 && lines[3].hasPrefix("decision action=reject "), "\(refused)")
        let login = try await gateway.objects(Self.stranger + ["--login", "alice"])
        #expect(login.last?["action"] as? String == "permit")
        #expect(login.last?["restriction"] as? String == "permit_sasl_authenticated")
        let waits = try await gateway.postern(Self.stranger).output.split(separator: "\n")[3]
        #expect(waits.contains(/^  check_greylist: .*, waited for \d+ µs$/), "\(waits)")
      }
    }

    @Test func `history finds what it is asked for, logins too`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let right = try await gateway.login()
        let wrong = try await gateway.login(password: "geheim-1")
        #expect(right == .ok && wrong == .no, gateway.logs)
        let client = try PolicyClient(gateway.policySocket("recipient"))
        for question in [
          PolicyQuestion(sender: "a@bad.test"), PolicyQuestion(client: "203.0.113.5", sender: ""),
          PolicyQuestion(recipient: "v@lab.example", login: "alice"),
        ] { _ = try await client.ask(question) }

        let all = try await gateway.objects(["history"])
        let results = all.filter { $0["kind"] as? String == "login" }.map { $0["result"] as? String }
        #expect(results == ["accepted", "refused"])
        let times = all.compactMap { $0["time"] as? Int }
        #expect(times.count == 5 && times == times.sorted(), "\(all)")
        for (arguments, expected) in [
          ([], ["reject", "defer", "permit"]), (["--login", "alice"], ["permit"]),
          (["--client", "203.0.113.5"], ["defer"]), (["--sender", "a@bad.test"], ["reject"]),
          (["--sender", "<>"], ["defer"]), (["--recipient", "v@lab.example"], ["permit"]),
          (["--client", "192.0.2.77", "--sender", "a@bad.test"], ["reject"]),
          (["--since", "1h"], ["reject", "defer", "permit"]),
          (["--sender", "nobody@b.example"], []), (["--limit", "1"], ["permit"]),
        ] as [([String], [String])] {
          let found = try await gateway.objects(["history"] + arguments)
          #expect(found.compactMap { $0["action"] as? String } == expected, "\(arguments): \(found)")
        }
        let logins = try await gateway.objects(["history", "--login", "alice"])
        #expect(logins.compactMap { $0["result"] as? String } == ["accepted", "refused"])
      }
    }

    @Test func `history shows the whole trace of the one that the log names`() async throws {
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let client = try PolicyClient(gateway.policySocket("recipient"))
        _ = try await client.ask(PolicyQuestion(sender: "a@bad.test"))
        _ = try await client.ask(PolicyQuestion())
        try await gateway.says("policy action=reject id=")
        let id = try #require(gateway.log.firstMatch(of: #/policy action=reject id=([0-9a-f]+) /#)).1
        let trace = try await gateway.objects(["history", "--id", String(id)])
        #expect(trace.map { $0["kind"] as? String } == ["decision", "step", "step", "step"])
        #expect(trace[0]["id"] as? String == String(id) && trace[0]["sender"] as? String == "a@bad.test")
        #expect((trace[3]["text"] as? String)?.contains("bad.test → REJECT 5.7.9 no mail") == true)
        let shown = try await gateway.postern(["history", "--id", String(id)])
        let lines = shown.output.split(separator: "\n")
        #expect(shown.status == 0 && lines.count == 4, "\(shown)")
        #expect(lines[0].contains(" decision action=reject id=\(id) list=recipient "), "\(shown)")
        let none = try await gateway.postern(["history", "--id", "0"])
        #expect(none == Finished(status: 0, output: "none\n", errors: ""))
      }
    }

    @Test func `the exit code says whether there was an answer`() async throws {
      let user = try Accounts.required().alice.login
      try await Gateway.with(.posternd, options: Self.options, prepare: WireAccount.add) { gateway in
        let asked = try await gateway.postern(Self.stranger, as: user)
        #expect(asked.status == 0, "whoever is in the group may ask: \(asked)")
        let unknown = try await gateway.postern(Self.stranger + ["--list", "nothing"])
        #expect(unknown.status == 1 && unknown.errors.contains("there is no list nothing"), "\(unknown)")
        let usage = try await gateway.postern(["explain", "--sender", "a@b.example"])
        #expect(usage.status == 64, "\(usage)")
        try await gateway.stop()
        for arguments in [Self.stranger, ["history"]] {
          let lost = try await gateway.postern(arguments)
          #expect(lost.status == 69 && lost.errors.contains("is posternd running?"), "\(lost)")
        }
      }
    }
  }
}
