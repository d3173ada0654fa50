import Credentials
import Testing

@testable import Mechanisms

@Suite struct HashCheckTests {
  private static let cheap = "$2b$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm"
  private static let dear = "$2b$09$abcdefghijklmnopqrstuu"
  private var cheap: String { Self.cheap }

  @Test func `A right password meets no objection, a wrong one is refused`() {
    let check = HashCheck(like: [cheap])
    #expect("password".withBytes { check.objection(to: $0, field: cheap) } == nil)
    #expect("passwore".withBytes { check.objection(to: $0, field: cheap) } == .refused(.badPassword))
  }

  @Test func `Who has no entry, and who has no hash, is refused with that reason`() {
    let check = HashCheck(like: [cheap])
    #expect("password".withBytes { check.objection(to: $0, field: nil) } == .refused(.unknownUser))
    for field in ["", "*", "!" + cheap, "$2b$31$abcdefghijklmnopqrstuu", "$y$"] {
      #expect("password".withBytes { check.objection(to: $0, field: field) } == .refused(.unusableHash))
    }
  }

  @Test(
    arguments: [
      (["x", dear, dear, cheap], "$2b$09"),
      (["*", cheap, cheap, dear, "!" + dear, "!" + dear], "$2b$04"),
      (["x", "*", ""], "$y$j9T"),
    ])
  func `An unknown user costs what most users cost`(fields: [String], kind: String) {
    #expect(HashCheck(like: fields).decoy.text.hasPrefix(kind))
  }
}
