import MailTypes
import Testing

@testable import Policy

struct ListWalkTests {
  @Test func `the first permit or reject wins`() throws {
    let scene = try PolicyScene(["permit_mynetworks, reject_unauth_destination", "permit", "reject"])
    #expect(try scene.answer(["client_address": "198.51.100.1", "recipient": "u@other.test"]) == "OK")
    #expect(try scene.answer(["recipient": "u@other.test"]) == "554 5.7.1 Relay access denied")
    #expect(try scene.answer() == "DUNNO")
  }

  @Test func `a permit ends a named list and all that called it`() throws {
    let scene = try PolicyScene(
      ["outer", "reject"], lists: ["outer": ["inner", "defer"], "inner": ["permit_auth_destination"]])
    #expect(try scene.decide().verdict == .permitted(by: .thisList))
    #expect(try scene.answer(["recipient": "u@other.test"]) == "450 4.3.2 Try again later")
  }

  @Test func `a warning covers the whole list that comes after it, and nothing more`() throws {
    let scene = try PolicyScene(
      ["warn_if_reject strict", "reject_non_fqdn_sender"],
      lists: ["strict": ["reject_non_fqdn_sender", "reject"]])
    #expect(try scene.answer() == "DUNNO")
    #expect(try scene.answer(["sender": "u"]) == "504 5.5.2 need fully-qualified address")
    let outcomes = try scene.decide(["sender": "u"]).trace.map(\.outcome)
    #expect(outcomes.count(where: { if case .wouldRefuse = $0 { true } else { false } }) == 2)
  }

  @Test func `defer_if_reject in a list that was called holds after it`() throws {
    let scene = try PolicyScene(["soft", "reject"], lists: ["soft": ["defer_if_reject"]])
    #expect(try scene.answer() == "450 4.7.0 defer_if_reject requested")
  }

  @Test func `the first reason to defer is the one that is told`() throws {
    let scene = try PolicyScene([
      "check_helo_access inline:{{mx.example=DEFER_IF_PERMIT 4.2.2 first}}", "defer_if_permit",
    ])
    #expect(try scene.answer() == "DEFER_IF_PERMIT 4.2.2 first")
  }

  @Test func `greylisting is asked when the walk comes to it, and then decides`() throws {
    var scene = try PolicyScene([
      "permit_mynetworks", "reject_unauth_destination", "check_greylist", "reject",
    ])
    #expect(try scene.evaluate() == .waiting(for: [.greylist]))
    #expect(try scene.answer(["client_address": "198.51.100.1"]) == "OK")
    #expect(try scene.answer(["recipient": "u@other.test"]).hasPrefix("554"))
    scene.facts.greylist = .deferIfPermit(ReplyText("4.2.0 Greylisted, see x"))
    #expect(try scene.answer() == "554 5.7.1 Access denied", "which comes later, and is for good")
    scene.facts.greylist = .ok
    #expect(try scene.decide().verdict != .permitted(by: .thisList), "greylisting opens nothing")
    scene = try PolicyScene(["check_greylist"])
    scene.facts.greylist = .deferIfPermit(ReplyText("4.2.0 Greylisted, see x"))
    #expect(try scene.answer() == "DEFER_IF_PERMIT 4.2.0 Greylisted, see x")
    scene.facts.greylist = .prepend(try #require(ReplyText("X-Greylist: delayed")))
    #expect(try scene.answer() == "PREPEND X-Greylist: delayed")
  }

  @Test func `what happens to a message goes with the list's end, and never with a refusal`() throws {
    let tables = "check_helo_access inline:{{mx.example=PREPEND X-A: b}}"
    #expect(try PolicyScene([tables]).answer() == "PREPEND X-A: b")
    #expect(try PolicyScene([tables, "reject"]).answer() == "554 5.7.1 Access denied")
    let hold = "check_sender_access inline:{{b.example=HOLD look at it}}"
    #expect(try PolicyScene([tables, hold]).answer() == "HOLD look at it")
    #expect(
      try PolicyScene([hold, "permit_sasl_authenticated"]).answer(["sasl_method": "PLAIN"])
        == "HOLD look at it")
    #expect(
      try PolicyScene(["check_sender_access inline:{{b.example=DISCARD x}}", "reject"]).answer()
        == "DISCARD x")
  }

  @Test func `the trace says which restriction, what it found, and where`() throws {
    let scene = try PolicyScene(
      ["permit_mynetworks", "mine"], lists: ["mine": ["check_sender_access inline:{{b.example=REJECT no}}"]])
    let decision = try scene.decide()
    #expect(
      decision.trace.map(\.description) == [
        "permit_mynetworks: no opinion (192.0.2.77)", "mine: goes through",
        "  check_sender_access inline:{{b.example=REJECT no}}: refuses: 554 5.7.1 no "
          + "(inline:{{b.example=REJECT no}}: b.example → REJECT no)",
      ])
    #expect(decision.decisive == decision.trace.last?.restriction)
  }

  @Test(arguments: [
    (["check_greylist"], "check_greylist"), (["check_greylist", "permit"], "check_greylist"),
    (["check_greylist", "reject"], "reject"), (["defer_if_permit", "check_greylist"], "defer_if_permit"),
    (["defer_if_reject"], "defer_if_reject"), (["defer_if_reject", "reject"], "reject"),
    (["defer_if_reject", "permit"], "permit"), (["permit_mynetworks"], nil),
    (["defer_if_reject", "check_helo_access inline:{{mx.example=PREPEND X-A: b}}"], nil),
    (["warn_if_reject defer_if_permit"], nil),
  ])
  func `who decides or defers is named`(items: [String], expected: String?) throws {
    var scene = try PolicyScene(items)
    scene.facts.greylist = .deferIfPermit(ReplyText("4.2.0 Greylisted, see x"))
    #expect(try scene.decide().decisive.map { "\($0)" } == expected)
  }

  @Test func `a table that leads to itself ends in a temporary error`() throws {
    let scene = try PolicyScene(["loop"], lists: ["loop": ["check_helo_access inline:{{mx.example=loop}}"]])
    #expect(try scene.answer() == "451 4.3.5 Server configuration error")
  }

  @Test func `a table that isn't there defers`() throws {
    var scene = try PolicyScene(["check_client_access cidr:/x"])
    scene.facts.tables = TableSet()
    #expect(try scene.answer() == "451 4.3.5 Server configuration error")
    scene = try PolicyScene(["permit_mynetworks"]) {
      $0.domains.mynetworks = try PolicyScene.list("cidr:/x", .hosts)
    }
    scene.facts.tables = TableSet()
    #expect(try scene.answer() == "451 4.3.0 Temporary lookup failure")
  }

  @Test(arguments: [
    "", "CONNECT", "EHLO", "HELO", "MAIL", "RCPT", "DATA", "END-OF-MESSAGE", "VRFY", "ETRN", "XCLIENT",
  ])
  func `every state is answered, with what is known then`(state: String) throws {
    let scene = try PolicyScene([
      "reject_non_fqdn_sender, reject_non_fqdn_recipient, reject_invalid_helo_hostname",
      "check_sender_access inline:{{<>=REJECT null}}", "check_sasl_access inline:{x=REJECT}",
    ])
    let answer = try scene.answer([
      "protocol_state": state, "sender": "", "recipient": state == "RCPT" ? "u@lab.example" : "",
      "helo_name": "",
    ])
    let hasSender = ["", "MAIL", "RCPT", "DATA", "END-OF-MESSAGE"].contains(state)
    #expect(answer == (hasSender ? "554 5.7.1 null" : "DUNNO"))
  }
}
