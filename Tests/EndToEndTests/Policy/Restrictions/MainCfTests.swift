import Foundation
import Testing

extension EndToEnd {
  /// What the proof says of main.cf's own lists, and what Postfix does that has them.
  @Suite struct MainCfTests {
    private static let warning = "main.cf may let strangers relay: "
    private static let stranger = SMTPProbe(recipient: "victim@elsewhere.test")

    private static let options = Gateway.Options(policies: [
      "passing": .init(restrictions: "permit_mynetworks, permit_auth_destination, reject_non_fqdn_sender"),
      "closing": .init(restrictions: "permit_mynetworks, reject_unauth_destination"),
    ])

    @Test func `the real Postfix relays what is called open, and refuses what is called closed`() async throws
    {
      let main = "smtpd_authorized_xclient_hosts = 127.0.0.1\n"
      try await MailHost.with(.posternd, options: Self.options, main: main) { host in
        let foreign = try await Self.foreignService(in: host)
        var relayed = 0
        for (number, row) in MainCfCase.all.enumerated() {
          let title: Comment = "\(row.relay) | \(row.recipient)"
          try await host.set(row, number)
          let checked = try await host.gateway.postern(["check"])
          let said = checked.output + checked.errors
          #expect(!said.contains("can't be looked at"), "\(said)")
          let session = try SMTPDialogue(to: #require(host.postfix.plain))
          switch row.verdict {
          case .open(let path):
            let line = said.split(separator: "\n").first { $0.contains(Self.warning) }
            #expect(line?.contains(path) == true, "\(title)\n\(said)")
            let reply = try session.deliver(Self.stranger, subject: "number \(number)")
            #expect(reply.contains("queued as"), "\(title)\n\(reply)")
            relayed += 1
            let messages = try await host.arrived(relayed)
            #expect(messages.contains { $0.contains("Subject: number \(number)\n") }, title)
          case .closed(let expected):
            #expect(!said.contains(Self.warning), "\(title)\n\(said)")
            let reply = try session.ask(Self.stranger)
            #expect(reply == expected, title)
          }
        }
        #expect(try host.sink.messages().count == relayed)
        try await foreign.stop()
      }
    }

    /// One that says OK to everybody.
    private static func foreignService(in host: MailHost) async throws -> RunningProcess {
      let socket = host.gateway.policySocket("foreign")
      let log = host.run.path("foreign.log")
      let script = Project.path("Tests/EndToEndTests/Clients/policy_stub.py")
      let service = try RunningProcess("python3", [script, socket, "OK"], output: log, errors: log)
      try await eventually("it listens") { Gateway.isConnectable(socket) }
      return service
    }
  }
}

extension MailHost {
  /// Has Postfix go by a row's lists, and returns when it does.
  fileprivate func set(_ row: MainCfCase, _ number: Int) async throws {
    let queue = run.path("queue")
    let mark = "gate.example ESMTP number \(number)."
    try await must(
      "postconf",
      [
        "-c", run.path("conf"), "-e", "smtpd_banner=\(mark)",
        "smtpd_relay_restrictions=\(row.relay.replacing("QUEUE", with: queue))",
        "smtpd_recipient_restrictions=\(row.recipient.replacing("QUEUE", with: queue))",
      ])
    // Whoever reads a file that is younger than two seconds waits whether it still changes.
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -60)], ofItemAtPath: run.path("conf/main.cf"))
    try postfix.reload()
    let listener = try #require(postfix.plain)
    try await eventually("Postfix has read it") {
      try SMTPDialogue(to: listener).greeting.hasSuffix(mark)
    }
  }
}
