import Glibc
import MailTypes
import TestKit
import Testing

extension EndToEnd {
  /// What the proof says of a list, and what Postfix does that asks for it and for nothing else.
  @Suite struct OpenRelayTests {
    /// A list that strangers may or may not relay through.
    struct Row: Sendable {
      var list: String
      /// What the proof names; nil: it is closed.
      var path: String?
      /// After it Postfix permits; a policy service says DUNNO there, and what follows in main.cf decides.
      var endsUndecided = false
      /// A sender who gets through, or the one who tries.
      var probe = SMTPProbe(recipient: "victim@elsewhere.test")
    }

    static let rows = [
      Row(list: "permit_mynetworks, reject_unauth_destination"),
      Row(list: "permit_mynetworks, permit_sasl_authenticated, defer_unauth_destination"),
      Row(list: "permit_auth_destination, reject"),
      Row(list: "reject_unauth_destination, check_sender_access inline:{sender.test=OK}"),
      Row(list: "check_sender_access inline:{friend.test=REJECT}, reject_unauth_destination"),
      Row(list: "permit", path: "permit: permits"),
      Row(list: "permit_mynetworks, permit_sasl_authenticated", endsUndecided: true),
      Row(
        list: "check_sender_access inline:{sender.test=OK}, reject_unauth_destination",
        path: "check_sender_access inline:{sender.test=OK}"),
      Row(
        list: "check_helo_access inline:{mx.sender.test=permit}, reject_unauth_destination",
        path: "check_helo_access"),
      // The client is on that list, as any stranger may be.
      Row(list: "permit_dnswl_client wl.test, reject_unauth_destination"),
      Row(list: "permit_dnswl_client wl.test", endsUndecided: true),
      Row(list: "permit_rhswl_client wl.test, permit_auth_destination, reject"),
      Row(list: "warn_if_reject reject_unauth_destination, permit_mynetworks", endsUndecided: true),
    ]

    /// The list is main.cf's own for the mail, and ours for the proof: an open one is refused at the start.
    @Test func `what is called open relays at the real Postfix, and what is called closed doesn't`()
      async throws
    {
      let cases = Self.rows.map { RestrictionCase($0.list) }
      let server = try NameServer.usual(
        "77.2.0.192.wl.test A 127.0.0.2\nmx.sender.test.wl.test A 127.0.0.2")
      try await RestrictionHost.with(cases, options: .init(nameServer: server.address)) { host in
        for (number, row) in Self.rows.enumerated() {
          let reply = try SMTPDialogue(to: host.native(number)).ask(row.probe)
          let relays = row.path != nil || row.endsUndecided
          #expect(reply.hasPrefix("250 ") == relays, "\(row.list): \(reply)")

          let settings = host.settings(for: row.list, openRelay: false)
          let checked = try await host.check(settings)
          guard let path = row.path else {
            #expect(
              !checked.output.contains("[policy.proof] may let strangers relay"), "\(row.list): \(checked)")
            continue
          }
          #expect(checked.status != 0, "\(row.list): \(checked)")
          #expect(
            checked.output.contains("[policy.proof] may let strangers relay: "), "\(row.list): \(checked)")
          #expect(checked.output.contains(path), "\(row.list): \(checked)")
          let started = try await host.start(settings)
          #expect(started.status == checked.status && started.errors.contains(path), "\(started)")
          let allowed = try await host.check(host.settings(for: row.list, openRelay: true))
          #expect(
            !allowed.output.contains("[policy.proof] may let strangers relay"), "\(row.list): \(allowed)")
        }
        // Whom a list of the good has may send in what others may not.
        let list = try #require(Self.rows.firstIndex { $0.list.hasPrefix("permit_rhswl_client") })
        let inbound = try SMTPDialogue(to: host.native(list)).ask(SMTPProbe())
        #expect(inbound == RestrictionCase.Row.accepted)
      }
      #expect(server.asked("mx.sender.test.wl.test", .a) > 0)
    }
  }
}

extension RestrictionHost {
  /// A configuration with one list.
  fileprivate func settings(for list: String, openRelay: Bool) -> String {
    """
    [policy.proof]
    listen = ["unix:\(run.path("proof"))"]
    open_relay = \(openRelay)
    restrictions = ['\(list)']
    [mail]
    from_postfix = "\(run.path("conf"))"
    [store]
    path = "\(run.path("store"))/postern.db"
    [control]
    directory = "\(run.path("control"))"

    """
  }

  /// What `postern check` says of it where the daemon would start.
  fileprivate func check(_ settings: String) async throws -> Finished {
    let file = try run.write(settings, to: "proof.toml")
    let command = gateway.etc.command(running: [Project.program("postern"), "check", "-c", file])
    var finished = try await EndToEndTests.run(command[0], Array(command.dropFirst()))
    finished.output += finished.errors
    return finished
  }

  /// The daemon with it, which has to refuse.
  fileprivate func start(_ settings: String) async throws -> Finished {
    let file = try run.write(settings, to: "proof.toml")
    let command = gateway.etc.command(running: [Project.program("posternd"), "-c", file])
    return try await EndToEndTests.run(command[0], Array(command.dropFirst()))
  }
}
