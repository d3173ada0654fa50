import Glibc
import Testing

extension EndToEnd {
  /// What senders meet at the real Postfix that asks a greylist.
  @Suite struct GreylistingTests {
    private static let text = "Recipient address rejected: Greylisted, see "

    @Test(arguments: PolicyDaemon.allCases)
    func `a stranger is put off, comes again and gets in with a header`(_ daemon: PolicyDaemon) async throws {
      try await GreylistedHost.with(daemon, options: .init(flags: ["--delay=2"])) { host in
        let plain = try #require(host.postfix.plain)
        for (number, listener) in [plain, host.postfix.chrooted].enumerated() {
          var message = GreylistedHost.stranger
          message.from = "news\(number)x@sender.example"
          let first = try await Swaks.send(message, to: listener)
          #expect(
            first.recipientReply
              == "450 4.2.0 <u@lab.example>: \(Self.text)http://postgrey.schweikert.ch/help/lab.example.html",
            host.logs)
          let second = try await host.retry(message, to: listener)
          #expect(second.isQueued, host.logs)
          let third = try await Swaks.send(message, to: listener)
          #expect(third.isQueued, host.logs)
        }
        let messages = try await host.arrived(4)
        let headers = messages.flatMap { $0.split(separator: "\n").filter { $0.hasPrefix("X-Greylist:") } }
        #expect(headers.count == 2, "those that were put off before have one")
        for header in headers {
          #expect(
            PolicyMask.masked(String(header))
              == "X-Greylist: delayed N seconds by postgrey-1.37 at gate.example; DATE")
        }
        #expect(
          host.postfix.log.contains(
            "NOQUEUE: reject: RCPT from mx.sender.example[198.51.100.25]: 450 4.2.0 <u@lab.example>: \(Self.text)"
          ))
      }
    }

    /// Checklist 18.
    @Test(arguments: PolicyDaemon.allCases)
    func `a message to three has the header once`(_ daemon: PolicyDaemon) async throws {
      try await GreylistedHost.with(daemon, options: .init(flags: ["--delay=1"])) { host in
        let recipients = ["u", "v", "w"].map { "\($0)@lab.example" }
        let first = try host.offer(to: recipients)
        #expect(first.allSatisfy { $0.hasPrefix("450 4.2.0 ") } && first.count == 3, "\(first)\n\(host.logs)")
        try await eventually("all three get in") {
          try host.offer(to: recipients).allSatisfy { $0.hasPrefix("250 2.1.5 ") }
        }
        let message = try #require(try await host.arrived(1).first)
        let headers = message.split(separator: "\n").filter { $0.hasPrefix("X-Greylist:") }
        #expect(headers.count == 1, "\(message)")
        for recipient in recipients { #expect(message.contains("<\(recipient)>"), "\(message)") }
        #expect(try host.sink.messages().count == 1)
      }
    }

    @Test(arguments: PolicyDaemon.allCases)
    func `who logs in, and who is whitelisted, isn't put off`(_ daemon: PolicyDaemon) async throws {
      let options = GreylistDaemon.Options(clients: "friend.example\n", recipients: "postmaster@\n")
      try await GreylistedHost.with(daemon, options: options) { host in
        let listener = host.postfix.chrooted
        var message = GreylistedHost.stranger
        let stranger = try await Swaks.send(message, to: listener)
        #expect(stranger.recipientReply?.hasPrefix("450 4.2.0 ") == true, host.logs)

        let login = try await Swaks.send(
          message, to: listener, method: "PLAIN", login: WireAccount.login, password: WireAccount.password)
        #expect(login.isQueued, host.logs)

        message.client?.name = "mx.friend.example"
        let friend = try await Swaks.send(message, to: listener)
        #expect(friend.isQueued, host.logs)

        message = GreylistedHost.stranger
        message.to = "postmaster@lab.example"
        let postmaster = try await Swaks.send(message, to: listener)
        #expect(postmaster.isQueued, host.logs)

        message.to = "u@elsewhere.example"
        let relayed = try await Swaks.send(message, to: listener)
        #expect(relayed.recipientReply?.hasPrefix("554 5.7.1 ") == true, "it is no way round the relay check")
        _ = try await host.arrived(3)
        #expect(!host.greylist.log.contains("elsewhere.example"), "Postfix had refused it before")
      }
    }

    @Test func `a login is let pass though the greylist is asked before the login counts`() async throws {
      let restrictions = "\(GreylistedHost.greylisting), permit_sasl_authenticated, reject"
      try await GreylistedHost.with(.posternd, restrictions: restrictions) { host in
        let session = try await Swaks.send(
          GreylistedHost.stranger, to: host.postfix.chrooted, method: "LOGIN", login: WireAccount.login,
          password: WireAccount.password)
        #expect(session.isQueued, host.logs)
        #expect(host.greylist.log.contains("action=pass, reason=authenticated"), host.logs)
      }
    }

    /// Postfix has a reply for every session, and none of them is for good; mail that was taken arrives.
    @Test func `when the service is killed mail is put off at worst, and none is lost`() async throws {
      try await GreylistedHost.with(.posternd, options: .init(flags: ["--delay=1"])) { host in
        var queued = 0
        for round in 0..<3 {
          var message = GreylistedHost.stranger
          message.to = "round\(round)x@lab.example"
          let before = try await Swaks.send(message, to: host.postfix.chrooted)
          #expect(before.recipientReply?.hasPrefix("450 4.2.0 ") == true, host.logs)
          let service = try await host.greylist.answering()
          kill(service, SIGKILL)
          let meanwhile = try await Swaks.send(message, to: host.postfix.chrooted)
          #expect(
            ["450 4.2.0 ", "451 4.3.5 ", "250 "].contains {
              meanwhile.recipientReply?.hasPrefix($0) == true
            }, "\(meanwhile.recipientReply ?? "no reply")")
          let after = try await host.retry(message, to: host.postfix.chrooted)
          #expect(after.isQueued, host.logs)
          queued += (meanwhile.isQueued ? 1 : 0) + (after.isQueued ? 1 : 0)
          let successor = try await host.greylist.answering()
          #expect(successor != service)
        }
        #expect(try await host.arrived(queued).count == queued)
        #expect(host.greylist.log.contains("a process ended and is replaced"), host.logs)
      }
    }

    /// Checklist 13: TERM under mail; smtpd has its answer or finds the socket gone, which is 451 at worst.
    @Test func `after a restart Postfix goes on as before`() async throws {
      try await GreylistedHost.with(.posternd, options: .init(flags: ["--delay=1"])) { host in
        let first = try await Swaks.send(GreylistedHost.stranger, to: host.postfix.chrooted)
        #expect(first.recipientReply?.hasPrefix("450 4.2.0 ") == true, host.logs)
        try await host.greylist.stop()
        let meanwhile = try await Swaks.send(GreylistedHost.stranger, to: host.postfix.chrooted)
        #expect(
          meanwhile.recipientReply
            == "451 4.3.5 <u@lab.example>: Recipient address rejected: Server configuration problem",
          host.logs)
        let next = try await GreylistDaemon(
          .posternd, in: try RunDirectory(), at: host.greylist.socket, options: .init(flags: ["--delay=1"]))
        let after = try await host.retry(GreylistedHost.stranger, to: host.postfix.chrooted)
        #expect(after.isQueued, "\(next.log)")
        try await next.stop()
      }
    }
  }
}

extension GreylistedHost {
  /// Offers a message in one transaction, and sends it when nobody is put off.
  ///
  /// - Returns: what Postfix says to each recipient.
  fileprivate func offer(to recipients: [String]) throws -> [String] {
    let session = try SMTPDialogue(to: postfix.chrooted)
    let stranger = SMTPProbe()
    try session.must(stranger.xclient, "220")
    try session.must("EHLO mx.sender.test", "250")
    try session.must("MAIL FROM:<\(stranger.sender)>", "250")
    let replies = try recipients.map { try session.say("RCPT TO:<\($0)>") }
    if replies.allSatisfy({ $0.hasPrefix("250 ") }) {
      try session.must("DATA", "354")
      try session.must("Subject: to all of them\r\n\r\nx\r\n.", "250")
    }
    return replies
  }
}
