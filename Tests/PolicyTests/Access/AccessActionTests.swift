import Testing

@testable import Policy

/// `facts/postfix.md` §1.5 and access(5): what a result means.
struct AccessActionTests {
  private static func read(_ value: String) throws(AccessAction.Fault) -> AccessAction {
    try AccessAction(Array(value.utf8), by: RestrictionParser(lists: [ListName("mine")]))
  }

  private static func text(_ text: String) throws -> ReplyText { try #require(ReplyText(text)) }

  @Test func `actions are read in any case`() throws {
    let denied = try Self.text("Access denied")
    let no = try Self.text("no")
    let cases: [(String, AccessAction)] = [
      ("OK", .permit), ("ok whatever", .permit), ("relay", .permit), ("123", .permit), ("550", .permit),
      ("DUNNO x", .dunno), ("REJECT", .refuse(.reject, EnhancedStatus(5, 7, 1), denied)),
      ("reject 5.1.1 no", .refuse(.reject, EnhancedStatus(5, 1, 1), no)),
      ("REJECT\tno", .refuse(.reject, EnhancedStatus(5, 7, 1), no)),
      ("DEFER no", .refuse(.defer, EnhancedStatus(4, 7, 1), no)),
      ("550 no", .refuse(.fixed(try #require(StatusCode(550))), EnhancedStatus(5, 7, 1), no)),
      ("450 4.2.2 no", .refuse(.fixed(try #require(StatusCode(450))), EnhancedStatus(4, 2, 2), no)),
      ("421 5.1.1", .refuse(.fixed(try #require(StatusCode(421))), EnhancedStatus(5, 1, 1), denied)),
      ("DEFER_IF_PERMIT", .deferIfPermit(EnhancedStatus(4, 7, 1), try Self.text("Service unavailable"))),
      ("DEFER_IF_REJECT 4.1.0 no", .deferIfReject(EnhancedStatus(4, 1, 0), no)),
      ("DISCARD", .discard(nil)), ("HOLD no", .effect(.hold(no))), ("INFO", .effect(.info(nil))),
      ("WARN no", .effect(.warn(no))),
      ("FILTER smtp:[::1]:25", .effect(.filter(try Self.text("smtp:[::1]:25")))),
      ("REDIRECT a@b", .effect(.redirect(try Self.text("a@b")))),
      ("BCC a@b", .effect(.bcc(try Self.text("a@b")))),
      ("PREPEND X-A: b c", .effect(.prepend(try Self.text("X-A: b c")))),
      ("mine", .restrictions([.list(ListName("mine"))])),
      ("permit_mynetworks, reject", .restrictions([.permitMynetworks, .reject])),
      ("permit", .restrictions([.permit])),
    ]
    for (value, action) in cases {
      let read = try Self.read(value)
      #expect(read == action, "\(value)")
    }
  }

  @Test(arguments: [
    ("", "the result is empty, which Postfix takes for OK"), (",", "the result is empty"),
    ("HANGUP", "HANGUP can't be used"),
    ("FILTER x", "FILTER needs transport:destination"), ("REDIRECT x", "REDIRECT needs user@domain"),
    ("BCC", "BCC needs"),
    ("PREPEND x", "PREPEND needs a header"), ("PREPEND a b: c", "PREPEND needs a header"),
    ("PREPEND : c", "PREPEND needs"),
    ("check_client_access hash:/x", "check_client_access hash:/x: a result can't name a table"),
    ("250 ok", "there is no restriction or list 250"),
    ("rejct", "there is no restriction or list rejct"), ("yours", "there is no restriction or list yours"),
    ("reject_rbl_client zen.example=1", "reject_rbl_client: zen.example=1 is no zone"),
    ("550 ", "there is no restriction or list 550"),
    ("5500 x", "there is no restriction or list 5500"),
  ])
  func `a result that means nothing is a fault`(value: String, fault: String) throws {
    let error = try #require(throws: AccessAction.Fault.self) { try Self.read(value) }
    #expect("\(error)".hasPrefix(fault), "\(error)")
  }

  @Test func `a code's first digit is its status's`() throws {
    let scene = try PolicyScene(["check_helo_access inline:{{a.test=450 5.1.1 no}, {b.test=REJECT 4.1.1 no}}"]
    )
    #expect(try scene.answer(["helo_name": "a.test"]) == "450 4.1.1 no")
    #expect(try scene.answer(["helo_name": "b.test"]) == "554 5.1.1 no")
  }

  @Test func `a table's results are looked at when it is read`() throws {
    let scene = try PolicyScene([], lists: ["mine": ["reject"]])
    let table = try LookupTable(
      try TableName("pcre:/t"),
      contents: Array("/(a)/ REJECT $1\n/(b)/ $1\n/c/ mine\n/(d)/ nothing $1\n/e/ OK:\n".utf8))
    #expect(scene.policy.faults(in: table).map(\.line) == [4, 5])
  }
}
