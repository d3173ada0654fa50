import Testing

extension EndToEnd {
  /// What this host is responsible for, as Postfix has it at the last start or reload.
  @Suite struct PostfixValuesTests {
    private static let options = Gateway.Options(policies: [
      "recipient": .init(restrictions: "permit_mynetworks, reject_unauth_destination")
    ])
    private static let denied = "554 5.7.1 Relay access denied"

    @Test func `postconf is asked again at a reload`() async throws {
      try await MailHost.with(.posternd, options: Self.options) { host in
        let inside = PolicyQuestion(client: "192.0.2.1", recipient: "u@elsewhere.example")
        let outside = PolicyQuestion(client: "203.0.113.1", recipient: "u@new.example")
        try await host.gateway.reload()
        #expect(try await host.ask(inside) == Self.denied)
        #expect(try await host.ask(outside) == Self.denied)
        try await must(
          "postconf",
          ["-c", host.run.path("conf"), "-e", "relay_domains=new.example", "mynetworks=192.0.2.0/24"])
        #expect(try await host.ask(outside) == Self.denied, "nobody has said that it has changed")
        try await host.gateway.reload()
        try await host.answers("OK", to: inside)
        try await host.answers("DUNNO", to: outside)
        let sender = PolicyQuestion(client: "203.0.113.1", recipient: "u@elsewhere.example")
        #expect(try await host.ask(sender) == Self.denied)
      }
    }
  }
}

extension MailHost {
  fileprivate func ask(_ question: PolicyQuestion) async throws -> String {
    try await PolicyClient(gateway.policySocket("recipient")).ask(question)
  }

  /// Asks until the service that has read it all answers, which takes the other one's place at a reload.
  fileprivate func answers(_ reply: String, to question: PolicyQuestion) async throws {
    try await eventually("the answer \(reply)", within: .seconds(15)) { try await ask(question) == reply }
  }
}
