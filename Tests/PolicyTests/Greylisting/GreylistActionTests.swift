import Testing

@testable import Policy

struct GreylistActionTests {
  @Test(arguments: [
    ("DEFER_IF_PERMIT", "DEFER_IF_PERMIT wait"), ("defer_if_permit", "DEFER_IF_PERMIT wait"),
    ("DEFER", "DEFER wait"),
    ("451", "451 wait"), ("450 4.7.1", "450 4.7.1 wait"), ("REJECT", "REJECT wait"), ("dunno", "DUNNO"),
    ("OK", "OK"), ("WARN greylist:", "WARN greylist: wait"), ("PREPEND X-Grey:", "PREPEND X-Grey: wait"),
    ("HOLD\tnow", "HOLD now wait"), ("599", "599 wait"),
  ])
  func `an action is read and gets the text`(name: String, reply: String) throws {
    let action = try #require(GreylistAction(name.utf8))
    #expect(PolicyReply(action.with(Array("wait".utf8))).bytes == Array("action=\(reply)\n\n".utf8))
  }

  @Test(arguments: [
    "", " ", " DEFER", "250", "45", "4511", "permit", "FILTER", "x:y", "450x", "+45", "DEFER_IF",
  ])
  func `what isn't an action with a text is refused`(name: String) {
    #expect(GreylistAction(name.utf8) == nil)
  }

  @Test func `a code never goes without a text`() throws {
    let action = try #require(GreylistAction("450".utf8))
    #expect(PolicyReply(action.with([0x20])).bytes == Array("action=450 Greylisted\n\n".utf8))
  }
}
