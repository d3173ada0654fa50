import Testing

extension EndToEnd {
  /// The lists that Postfix asks at other steps than RCPT TO, beside its own ones.
  @Suite struct StageTests {
    @Test func `at every step Postfix's own lists and ours give the same answers`() async throws {
      let cases = RestrictionCase.stages
      try await RestrictionHost.with(cases) { host in
        for (number, row) in cases.enumerated() {
          for expected in row.rows {
            let title: Comment = "\(row.list) at \(row.stage.rawValue): \(expected.probe)"
            let theirs = try SMTPDialogue(to: host.native(number)).reply(to: expected.probe, of: row)
            #expect(theirs == expected.reply, title)
            let reply = try SMTPDialogue(to: host.ours(number)).reply(to: expected.probe, of: row)
            #expect(reply == expected.ours?.reply ?? expected.reply, title)
          }
        }
      }
    }

    @Test func `who is sent away at the connection is so by both`() async throws {
      try await RestrictionHost.with([.strangersAreSentAway]) { host in
        let reply = "554 5.7.1 <unknown[127.0.0.1]>: Client host rejected: Access denied"
        for listener in [host.native(0), host.ours(0)] {
          let session = try SMTPDialogue(to: listener, welcome: "554")
          #expect(session.greeting == reply)
        }
      }
    }
  }
}

extension SMTPDialogue {
  /// What Postfix says at the step at which the list speaks.
  fileprivate func reply(to probe: SMTPProbe, of row: RestrictionCase) throws -> String {
    var steps: [(stage: RestrictionCase.Stage, command: String)] = [(.client, probe.xclient)]
    if let helo = probe.helo { steps.append((.helo, "EHLO \(helo)")) }
    if row.stage == .etrn { return try last(of: steps + [(.etrn, "ETRN relay.test")], at: .etrn) }
    steps += [(.sender, "MAIL FROM:<\(probe.sender)>"), (.recipient, "RCPT TO:<\(probe.recipient)>")]
    switch row.stage {
    case .data: return try last(of: steps + [(.data, "DATA")], at: .data)
    case .endOfData:
      let message = "Subject: x\r\n\r\nx\r\n."
      return try last(of: steps + [(.data, "DATA"), (.endOfData, message)], at: .endOfData)
    case .relay: return try last(of: steps, at: .recipient)
    default: return try last(of: steps, at: row.isDelayed ? .recipient : row.stage)
    }
  }

  /// Goes through the steps up to one of them; the others are expected to succeed.
  private func last(
    of steps: [(stage: RestrictionCase.Stage, command: String)], at stage: RestrictionCase.Stage
  ) throws -> String {
    for (step, command) in steps {
      if step == stage {
        let reply = try say(command)
        return reply.hasPrefix(RestrictionCase.queued) ? RestrictionCase.queued : reply
      }
      try must(command, step == .client ? "220" : step == .data ? "354" : "250")
    }
    preconditionFailure("the list speaks at no step")
  }
}
